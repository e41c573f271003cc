"""Addresses inside a community, after `/c/<slug>/` or on its own domain."""

from django.urls import include, path

from hearth.config import desk, pages

urlpatterns = [
    path("", pages.today, name="today"),
    # First what is read most. Spaces before conversations: `talk/<space>/join/` is no conversation.
    path("", include("hearth.spaces.urls")),
    path("", include("hearth.conversations.urls")),
    path("look-after/", desk.desk, name="look_after"),
    path("", include("hearth.accounts.urls")),
    path("", include("hearth.ui.urls")),
    path("", include("hearth.communities.urls")),
    path("", include("hearth.members.urls")),
    path("", include("hearth.setup.place_urls")),
    path("", include("hearth.files.urls")),
    path("", include("hearth.search.urls")),
    path("", include("hearth.purpose.urls")),
    path("purpose/workshop/", include("hearth.purpose.workshop_urls")),
]

handler400 = "hearth.ui.views.bad_request"
handler403 = "hearth.ui.views.not_allowed"
handler404 = "hearth.ui.views.not_found"
handler500 = "hearth.ui.views.server_error"
