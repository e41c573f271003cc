"""Routes of the first run, on the network's own host."""

from django.urls import path

from hearth.setup import views

urlpatterns = [
    path("sample/", views.sample_door, name="sample"),
    path("sample/remove/", views.sample_remove, name="sample_remove"),
]
