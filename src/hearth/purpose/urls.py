"""Routes of the purpose, inside a community. Those of the workshop stand in `workshop_urls`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
