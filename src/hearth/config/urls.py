"""Addresses of the network's own pages (no community). See `community_urls` for those of a community."""

from django.urls import include, path

from hearth.channels.views import outbox as channels
from hearth.config import pages

urlpatterns = [
    path("", pages.network_front, name="home"),
    path("", include("hearth.accounts.urls")),
    path("", include("hearth.ui.urls")),
    path("", include("hearth.setup.urls")),
    path("stop/<str:token>/", include("hearth.conversations.stop_urls")),
    path("operator/outbox/", channels.outbox, name="outbox"),
    path("operator/outbox/<int:delivery_id>/", channels.outbox_mail, name="outbox_mail"),
    path("operator/inbox/", channels.inbox, name="inbox"),
]

handler400 = "hearth.ui.views.bad_request"
handler403 = "hearth.ui.views.not_allowed"
handler404 = "hearth.ui.views.not_found"
handler500 = "hearth.ui.views.server_error"
