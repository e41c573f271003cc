"""Entrance: a session ends when its time is over, before any page asks who is there."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hearth.accounts import sessions
from hearth.core.clock import now


class SessionLengthMiddleware:
    """Keep sessions within their length (security.md, table 2, row 3). Stands right behind AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a cookie there is no session, and a visitor's page must not cost a query.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            sessions.keep_within_length(request, now())
        return self.get_response(request)
