"""Routes of conversations, inside a community."""

from django.urls import path

from hearth.conversations import views

urlpatterns = [
    path("talk/", views.talk, name="talk"),
    path("talk/<slug:space>/", views.space, name="space"),
    path("talk/<slug:space>/new/", views.new_topic, name="topic_new"),
    path("talk/<slug:space>/new/draft/", views.topic_draft, name="topic_draft"),
    path("talk/<slug:space>/<str:topic>/", views.topic, name="topic"),
    path("talk/<slug:space>/<str:topic>/answer/", views.answer, name="answer"),
    path("talk/<slug:space>/<str:topic>/draft/", views.answer_draft, name="answer_draft"),
    path("talk/<slug:space>/<str:topic>/follow/", views.follow, name="follow"),
    path("talk/<slug:space>/<str:topic>/read/", views.read, name="read"),
    path("posts/<str:post>/edit/", views.edit, name="post_edit"),
    path("posts/<str:post>/versions/", views.versions, name="post_versions"),
]
