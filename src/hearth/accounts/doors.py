"""Doors in front of pages: signed in, signed in a moment ago, signed in with a second step."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from hearth.accounts import policy, queries, sessions
from hearth.accounts.models import Account
from hearth.core.clock import now

Page = Callable[..., Any]


def signed_in_only(page: Page) -> Page:
    """Ask a visitor to sign in and come back. What stands behind is never kept by browser or proxy (ASVS 14.3.2)."""

    @wraps(page)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = sessions.signed_in(request)
        if account is None:
            return _via("sign_in", request)
        request.account = account  # type: ignore[attr-defined]  # declared in accounts.requests
        answer: HttpResponse = page(request, *args, **kwargs)
        return answer

    return never_cache(door)


def fresh_only(page: Page) -> Page:
    """Let in who has shown within 30 minutes who they are; ask the others once more (security.md, table 2, row 2).

    For what matters: a new passkey, an export, another channel. A form that was sent is not kept: the page is shown anew.
    """

    @wraps(page)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = sessions.signed_in(request)
        if account is not None and not sessions.is_fresh(request, account):
            return _ask_once_more(request, account)
        answer: HttpResponse = page(request, *args, **kwargs)
        return answer

    return signed_in_only(door)


def second_step_only(page: Page) -> Page:
    """Let staff in who signed in with a second step; lead the others to it. For every page of stewards and operators.

    Rights are not looked at here: the page's own door does that first. Passing it gives the session the length of staff.
    """

    @wraps(page)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = sessions.signed_in(request)
        if account is not None and not account.is_sample:
            if not sessions.took_second_step(request, account) and policy.needs_second_step(
                account, staff=True, now=now()
            ):
                return _to_second_step(request, account)
            if not request.session.get(sessions.STAFF):
                sessions.mark_staff(request, True)
        answer: HttpResponse = page(request, *args, **kwargs)
        return answer

    return signed_in_only(door)


def _to_second_step(request: HttpRequest, account: Account) -> HttpResponse:
    return (
        _ask_once_more(request, account)
        if policy.has_second_step(account)
        else _via("second_step_needed", request)
    )


def _ask_once_more(request: HttpRequest, account: Account) -> HttpResponse:
    step = queries.second_step(account)
    if step.has_app:
        return _via("mfa_reauthenticate", request)
    return _via("mfa_reauthenticate_webauthn" if step.passkeys else "confirm", request)


def _via(route: str, request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    return redirect(f"{reverse(route)}?{urlencode({'next': back})}")
