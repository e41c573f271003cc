"""Entrance: which community a request is for, by host or by the first part of its path."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.functional import SimpleLazyObject

from hearth.communities import links, queries
from hearth.communities.models import Community
from hearth.core.tenancy import tenant

Answer = Callable[[HttpRequest], HttpResponse]


class CommunityMiddleware:
    """Set `request.community`, open its tenant scope, and let links inside point to the community's own pages.

    Under `/c/<slug>/` the prefix becomes the script prefix, so that `reverse()` needs no community. On a community's
    own domain there is no prefix. Everywhere else `request.community` is None and no scope is open.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL answers a NUL with an error; no row of ours has this letter, so the address is simply not there.
        request.path_info = request.path_info.replace("\0", "\ufffd")
        request.community = None  # type: ignore[attr-defined]  # declared in members.requests
        request.network = SimpleLazyObject(queries.network)  # type: ignore[attr-defined]  # read by the shell, seldom
        if request.path_info.startswith("/c/"):
            return self._by_path(request)
        community = queries.community_by_domain(request.get_host().split(":")[0].lower())
        if community is None:
            return self.get_response(request)
        return self._inside(request, community, "/")

    def _by_path(self, request: HttpRequest) -> HttpResponse:
        slug, slash, rest = request.path_info[3:].partition("/")
        community = queries.community_by_slug(slug)
        if community is None:
            return self.get_response(request)
        if not slash:
            return HttpResponseRedirect(links.prefix(community))
        request.path_info = f"/{rest}"
        return self._inside(request, community, links.prefix(community))

    def _inside(self, request: HttpRequest, community: Community, prefix: str) -> HttpResponse:
        request.community = community  # type: ignore[attr-defined]  # declared in members.requests
        request.urlconf = settings.COMMUNITY_URLCONF  # read by Django's handler
        before = get_script_prefix()
        set_script_prefix(prefix)
        try:
            with tenant(community):
                return self.get_response(request)
        finally:
            set_script_prefix(before)
