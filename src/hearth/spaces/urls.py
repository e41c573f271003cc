"""Routes of spaces, inside a community."""

from django.urls import path

from hearth.spaces import views

urlpatterns = [
    path("talk/<slug:space>/join/", views.join, name="space_join"),
    path("talk/<slug:space>/leave/", views.leave, name="space_leave"),
    path("talk/<slug:space>/goal/", views.goal, name="space_goal"),
]
