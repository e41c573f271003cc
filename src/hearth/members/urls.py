"""Routes of the people of a community."""

from django.urls import path

from hearth.members import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/me/", views.profile, name="profile"),
    path("people/me/photo/", views.photo, name="photo"),
    path("people/me/photo/remove/", views.photo_remove, name="photo_remove"),
    path("people/<str:person>/", views.person, name="person"),
]
