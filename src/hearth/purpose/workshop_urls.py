"""Routes of the workshop, inside a community, after `purpose/workshop/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
