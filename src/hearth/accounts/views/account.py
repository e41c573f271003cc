"""Pages: one's own account, and the browsers in which one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.accounts import actions, queries
from hearth.accounts.doors import signed_in_only
from hearth.accounts.forms import COMMUNITY_CLOCK, LanguageForm, NameForm, TimeZoneForm
from hearth.accounts.requests import AccountRequest
from hearth.core.clock import now


@require_safe
@signed_in_only
def account(request: AccountRequest) -> HttpResponse:
    """Show what Hearth keeps about this person's sign-in, each with its way to change it."""
    shown = {
        "account": request.account,
        "step": queries.second_step(request.account),
        "devices": len(_devices(request)),
    }
    return render(request, "accounts/account.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def account_name(request: AccountRequest) -> HttpResponse:
    """Change the name by which Hearth speaks to this person."""
    form = NameForm(_posted(request), initial={"name": request.account.name})
    if not form.is_valid():
        return _question(request, form, _("What is your name?"))
    actions.rename_account(by=request.account, name=form.cleaned_data["name"])
    messages.success(request, _("Your name is changed."))
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def account_language(request: AccountRequest) -> HttpResponse:
    """Change the language of pages and mails, here and on every device that has chosen none."""
    form = LanguageForm(_posted(request), initial={"language": request.LANGUAGE_CODE})
    if not form.is_valid():
        return _question(request, form)
    language = form.cleaned_data["language"]
    actions.set_language(by=request.account, language=language)
    with override(language):
        messages.success(request, _("From now on Hearth speaks this language with you."))
    response = redirect("account")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def account_time_zone(request: AccountRequest) -> HttpResponse:
    """Change the clock by which times are shown."""
    form = TimeZoneForm(_posted(request), initial={"time_zone": request.account.time_zone or COMMUNITY_CLOCK})
    if not form.is_valid():
        return _question(request, form, _("Your clock"))
    actions.set_time_zone(by=request.account, time_zone=form.cleaned_data["time_zone"])
    messages.success(request, _("Times are shown by this clock now."))
    return redirect("account")


@require_safe
@signed_in_only
def devices(request: AccountRequest) -> HttpResponse:
    """List the browsers in which this account is signed in, this one first."""
    return render(request, "accounts/devices.html", {"devices": _devices(request)})


@require_POST
@signed_in_only
def device_end(request: AccountRequest) -> HttpResponse:
    """Sign one other browser out."""
    ended = actions.end_device(
        by=request.account,
        session_key=request.session.session_key or "",
        device=request.POST.get("device", ""),
        community=request.community,
        now=now(),
    )
    if ended:
        messages.success(request, _("That device is signed out."))
    return redirect("devices")


@require_POST
@signed_in_only
def devices_end_others(request: AccountRequest) -> HttpResponse:
    """Sign every other browser out."""
    count = actions.end_other_devices(
        by=request.account,
        session_key=request.session.session_key or "",
        community=request.community,
        now=now(),
    )
    said = ngettext("%(count)d other device is signed out.", "%(count)d other devices are signed out.", count)
    messages.success(request, said % {"count": count})
    return redirect("devices")


def _posted(request: AccountRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _devices(request: AccountRequest) -> list[queries.Device]:
    return queries.devices(account=request.account, session_key=request.session.session_key or "", now=now())


def _question(request: AccountRequest, form: Form, title: str = "") -> HttpResponse:
    shown = {"form": form, "heading": title}
    return render(request, "accounts/question.html", shown, status=422 if form.is_bound else 200)
