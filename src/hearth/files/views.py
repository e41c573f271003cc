"""Entrances: get a file, say what a picture shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearth.core.clock import now
from hearth.core.errors import Conflict, NotFound
from hearth.files import actions, policy, serving
from hearth.files.forms import ASK, DECORATION, SHOWS, DescribeForm, OwnPictureForm
from hearth.files.models import File


class FileRequest(HttpRequest):
    """A request inside a community, as the middlewares leave it; the platform does not know what a member is."""

    member: Any
    account: Any


def _members_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask a visitor to sign in and come back; to somebody of another community the page is not there."""

    @wraps(page)
    def door(request: FileRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member is not None:
            return page(request, *args, **kwargs)
        if request.account is None:
            return redirect_to_login(request.get_full_path(), reverse("sign_in"))
        raise NotFound("")

    return door


@require_safe
def file(request: FileRequest, file: str) -> HttpResponseBase:
    """Give the file to whoever may see it."""
    return serving.answer(request, policy.visible_file(request.member, file))


@require_safe
def thumbnail(request: FileRequest, file: str) -> HttpResponseBase:
    """Give the small version of a picture."""
    found = policy.visible_file(request.member, file)
    if not found.is_picture:
        raise NotFound("")
    return serving.answer(request, found, thumbnail=True)


@require_safe
@_members_only
def to_describe(request: FileRequest) -> HttpResponse:
    """Show the pictures for which someone asked for a description."""
    return render(request, "files/to_describe.html", {"pictures": policy.visible_requests(request.member)})


@require_http_methods(["GET", "HEAD", "POST"])
@_members_only
def describe(request: FileRequest, file: str) -> HttpResponse:
    """Say what a picture shows."""
    found = policy.visible_file(request.member, file)
    policy.can_describe(request.member, found).require()
    form = _form(request, found)
    if not form.is_valid():
        page = {"form": form, "file": found, "place": _place(found)}
        return render(request, "files/describe.html", page, status=422 if form.is_bound else 200)
    try:
        actions.describe(by=request.member, file=found, now=now(), **form.said())
    except Conflict as conflict:
        messages.info(request, conflict.reason)
    else:
        messages.success(request, _("Thank you. What you wrote is kept."))
    return redirect(_after(request, found))


def _form(request: FileRequest, found: File) -> DescribeForm:
    typed = request.POST if request.method == "POST" else None
    if found.owner_id != request.member.pk:
        return DescribeForm(typed)
    answer = DECORATION if found.is_decoration else ASK if found.wants_description else SHOWS
    return OwnPictureForm(typed, initial={"answer": answer, "description": found.description})


def _after(request: FileRequest, found: File) -> str:
    if found.owner_id == request.member.pk:
        return _place(found) or get_script_prefix()
    return reverse("files_to_describe")


def _place(found: File) -> str:
    """The address of the page on which the file stands, empty where it stands nowhere yet."""
    path = policy.place_of(found)
    return get_script_prefix() + path if path else ""
