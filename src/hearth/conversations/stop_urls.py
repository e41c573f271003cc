"""The route of the link in each mail that stops a conversation's mails."""

from django.urls import path

from hearth.conversations.views import stop

urlpatterns = [path("", stop, name="stop")]
