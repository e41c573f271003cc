"""Entrance: who is asking, in which language and time zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.clock import now
from hearth.members import looking, queries
from hearth.members.models import Member
from hearth.ui.errors import Trouble, trouble_page

Answer = Callable[[HttpRequest], HttpResponse]

SAFE = {"GET", "HEAD", "OPTIONS"}
# What may be sent while a steward looks as an invented member: it ends the looking, or stays in this browser's cookies.
TAKEN_WHILE_LOOKING = {"look_as_end", "reading", "language", "sign_out"}


class MemberMiddleware:
    """Set `request.account` and `request.member`, and speak the reader's language and time zone for this request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        community: Community | None = request.community  # type: ignore[attr-defined]  # set by CommunityMiddleware
        account, member = _who(request, community)
        language, zone = _language(request, account, community), _zone(account, community)
        if (
            member is not None
            and member.is_steward
            and looking.looks(request.session, member=member, now=now())
        ):
            account, member = _as_maria(request, member)
        request.account, request.member = account, member  # type: ignore[attr-defined]  # declared in members.requests
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language  # read by libraries
            response = self._answer(request)
        response.headers.setdefault("Content-Language", language)
        if account is not None:
            # Browsers in shared rooms keep nothing of what only this person may read (ASVS 5.0.0, 14.3.2).
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "looking") or request.method not in SAFE:
            return self.get_response(request)
        # Reading writes nothing anywhere; if a page did, nothing of it would be kept while somebody looks as Maria.
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """While a steward looks as Maria, only pages that she can read are answered (`members.looking`)."""
        as_whom: looking.Looking | None = getattr(request, "looking", None)
        if as_whom is None or _may_look(request):
            return None
        return trouble_page(request, _nothing_kept(as_whom.name), 403)


def _as_maria(request: HttpRequest, steward: Member) -> tuple[Account | None, Member]:
    invented = looking.maria(steward=steward, now=now())
    request.looking = looking.Looking(invented.name)  # type: ignore[attr-defined]  # for the shell
    return invented.account, invented


def _may_look(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.url_name in TAKEN_WHILE_LOOKING:
        return True
    # Behind the pages of accounts stands the steward's own sign-in, whoever is looked at.
    is_own = match.func.__module__.startswith("hearth.accounts.")
    return request.method in SAFE and not is_own


def _nothing_kept(name: str) -> Trouble:
    return Trouble(
        title=_("Nothing is kept while you look"),
        reason=_("You see what %(name)s sees. She is invented and changes nothing.") % {"name": name},
        next=_("To do it yourself, take the button at the top first."),
    )


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
