"""Entrance: who is asking, in which language and time zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation.trans_real import parse_accept_lang_header

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.members import queries
from hearth.members.models import Member

Answer = Callable[[HttpRequest], HttpResponse]


class MemberMiddleware:
    """Set `request.account` and `request.member`, and speak the reader's language and time zone for this request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        community: Community | None = request.community  # type: ignore[attr-defined]  # set by CommunityMiddleware
        account, member = _who(request, community)
        request.account, request.member = account, member  # type: ignore[attr-defined]  # declared in members.requests
        language = _language(request, account, community)
        with translation.override(language), timezone.override(_zone(account, community)):
            request.LANGUAGE_CODE = language  # read by libraries
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if account is not None:
            # Browsers in shared rooms keep nothing of what only this person may read (ASVS 5.0.0, 14.3.2).
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _who(request: HttpRequest, community: Community | None) -> tuple[Account | None, Member | None]:
    # Without a session cookie nobody is signed in; this spares visitors every query.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not hasattr(request, "_cached_user"):
        return None, None
    member = _member_here(request) if community else None
    if member is not None:
        return member.account, member
    account = request.user if request.user.is_authenticated else None
    return account, queries.member_of(account) if account and community else None


def _member_here(request: HttpRequest) -> Member | None:
    """Return the signed-in member together with the account, in one query in place of two, under Django's own rule."""
    member = queries.member_by_account(request.session.get(SESSION_KEY, 0))
    account = member.account if member else None
    if account is None or not account.is_active:
        return None
    told = request.session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(told, account.get_session_auth_hash()):
        return None
    request._cached_user = account  # type: ignore[attr-defined]  # what `request.user` would find
    return member


def _language(request: HttpRequest, account: Account | None, community: Community | None) -> str:
    """Chosen on this device, else in the account, else what the browser asks for, else the community's first."""
    shipped = dict(settings.LANGUAGES)
    wanted: list[str] = [
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        account.language if account else "",
    ]
    for code in wanted:
        if code in shipped:
            return code
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (short := str(code).split("-")[0]) in shipped:
            return short
    first = community.language if community else settings.LANGUAGE_CODE
    return first if first in shipped else settings.LANGUAGE_CODE


def _zone(account: Account | None, community: Community | None) -> ZoneInfo:
    name = (
        (account.time_zone if account else "")
        or (community.time_zone if community else "")
        or settings.TIME_ZONE
    )
    return ZoneInfo(name)
