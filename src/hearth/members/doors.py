"""Doors in front of pages: inside a community, for members, for stewards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hearth.accounts.doors import second_step_only
from hearth.accounts.models import Account
from hearth.core.errors import NotFound
from hearth.members.requests import NetworkRequest, PageRequest

Page = Callable[..., HttpResponse]


def members_only(page: Page) -> Page:
    """Let members in; ask a visitor to sign in and come back; to anyone else the page is not there."""

    @wraps(page)
    def door(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member is not None:
            return page(request, *args, **kwargs)
        if request.account is None:
            return _to_sign_in(request)
        raise NotFound("")

    return door


def readers_only(page: Page) -> Page:
    """Let members in, and visitors where the community is open to them; ask other visitors to sign in."""

    @wraps(page)
    def door(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member is not None or request.community.open_to_visitors:
            return page(request, *args, **kwargs)
        if request.account is None:
            return _to_sign_in(request)
        raise NotFound("")

    return door


def stewards_only(page: Page) -> Page:
    """Let stewards in who showed a second step; ask a visitor to sign in; to anyone else the page is not there.

    In the first hours of a community its founder may come in without a second step (`accounts.policy.needs_second_step`).
    """
    behind = second_step_only(page)

    @wraps(page)
    def door(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.account is None:
            return _to_sign_in(request)
        if request.member is None or not request.member.is_steward:
            raise NotFound("")
        answer: HttpResponse = behind(request, *args, **kwargs)
        return answer

    return door


def operators_only(page: Page) -> Page:
    """Let operators in who showed a second step; ask a visitor to sign in; to anyone else the page is not there."""
    behind = second_step_only(page)

    @wraps(page)
    def door(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account: Account | None = request.account
        if account is None:
            return _to_sign_in(request)
        if not account.is_operator:
            raise NotFound("")
        answer: HttpResponse = behind(request, *args, **kwargs)
        return answer

    return door


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else ""
    return redirect(reverse("sign_in") + (f"?{urlencode({'next': back})}" if back else ""))
