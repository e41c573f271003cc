"""Addresses of the network's own pages (no community). See `community_urls` for those of a community."""

from django.urls import include, path

from hearth.config import pages

urlpatterns = [
    path("", pages.network_front, name="home"),
    path("", include("hearth.accounts.urls")),
    path("", include("hearth.ui.urls")),
    path("", include("hearth.setup.urls")),
    path("stop/<str:token>/", include("hearth.conversations.stop_urls")),
    path("operator/", include("hearth.channels.urls")),
]

handler400 = "hearth.ui.views.bad_request"
handler403 = "hearth.ui.views.not_allowed"
handler404 = "hearth.ui.views.not_found"
handler500 = "hearth.ui.views.server_error"
