"""Entrances: the pages that the links in an invitation open. Reading them changes nothing: scanners open every link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearth.accounts import actions as accounts
from hearth.accounts import sessions, visitors
from hearth.accounts.models import Account
from hearth.accounts.queries import accounts_at
from hearth.core.clock import now
from hearth.core.http import posted
from hearth.core.text import text_to_html
from hearth.members import actions, mails, queries
from hearth.members.forms import ComeInForm
from hearth.members.models import Invitation, Member
from hearth.members.requests import PageRequest

Page = Callable[..., HttpResponse]


def _for_a_guest(page: Page) -> Page:
    """Find the invitation of the link and speak the guest's language, unless this device has chosen another one."""

    @wraps(page)
    def door(request: PageRequest, token: str) -> HttpResponse:
        found = queries.invitation_by_token(token)
        if request.account is not None or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            return page(request, found, token)
        with translation.override(found.language):
            response = page(request, found, token)
        response.headers["Content-Language"] = found.language
        return response

    return never_cache(door)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_a_guest
def invitation(request: PageRequest, found: Invitation, token: str) -> HttpResponse:
    """Show who invites whom, with one button; POST makes the guest a member and signs them in."""
    if not found.is_open(now()):
        return _over(request, found)
    form = _come_in_form(request, found)
    mine = _own_account(request, found)
    if not form.is_valid():
        return _invitation_page(request, found, form, token, mine)
    if mine is None and _may_have_an_account(found) and "new" not in request.POST:
        shown = {"form": form, "invitation": found, "token": token}
        return render(request, "members/invitation_known.html", shown)
    return _let_in(request, _accepted(found, mine, form), form.cleaned_data.get("language", ""))


def _accepted(found: Invitation, mine: Account | None, form: ComeInForm) -> Member:
    said = form.cleaned_data
    return actions.accept_invitation(
        invitation=found,
        account=mine,
        name=said["name"],
        language=said.get("language") or found.language,
        takes_roles=said.get("takes_roles", True),
        now=now(),
    )


def _come_in_form(request: PageRequest, found: Invitation) -> ComeInForm:
    roles = ", ".join(str(role.label) for role in found.asked_roles)
    language = translation.get_language()
    first = {"name": found.name, "language": language, "takes_roles": True}
    return ComeInForm(posted(request), initial=first, roles=roles)


def _own_account(request: PageRequest, found: Invitation) -> Account | None:
    """Return the account that is signed in here where it is the guest's: at this address, or because the guest says so."""
    account = request.account
    if account is None or ("as_me" in request.POST and request.member is None):
        return account
    return account if not found.is_another_person and account in accounts_at(found.email) else None


def _may_have_an_account(found: Invitation) -> bool:
    # The link alone opens no account that is there already: it can be passed on, and it works for 60 days in any browser.
    return not found.is_another_person and accounts_at(found.email).exists()


def _invitation_page(
    request: PageRequest, found: Invitation, form: ComeInForm, token: str, mine: Account | None
) -> HttpResponse:
    shown = {
        "invitation": found,
        "form": form,
        "token": token,
        "inviter": found.by,
        "words": text_to_html(found.words or mails.ready_words()),
        "words_language": found.words_language if found.words else translation.get_language(),
        "other": request.account if mine is None else None,
        "is_member": request.member is not None,
    }
    return render(request, "members/invitation.html", shown, status=422 if form.is_bound else 200)


def _let_in(request: PageRequest, member: Member, language: str) -> HttpResponse:
    account = member.account
    if account is None or account == request.account:
        response: HttpResponse = redirect(get_script_prefix())
    else:
        response = sessions.enter(request, account, how="link", next_path=get_script_prefix())
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    with translation.override(language or translation.get_language()):
        messages.success(request, _("You are in. It is good that you are here."))
    return response


@require_POST
@_for_a_guest
def invitation_sign_in(request: PageRequest, found: Invitation, token: str) -> HttpResponse:
    """Send a code to the invitation's address, for somebody who has an account there; it leads back to the invitation."""
    key = visitors.key_for(request)
    accounts.ask_to_sign_in(
        email=found.email,
        browser_key=key,
        ip_block=visitors.ip_block(request),
        language=found.language,
        community=request.community,
        next_path=reverse("invitation", kwargs={"token": token}),
        now=now(),
    )
    response = redirect("sign_in_code")
    visitors.keep_browser_key(response, key)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_for_a_guest
def invitation_no(request: PageRequest, found: Invitation, token: str) -> HttpResponse:
    """Ask once with one button, then remember the no."""
    if request.method == "POST" and found.is_open(now()):
        actions.decline_invitation(invitation=found, now=now())
        return redirect("invitation_no", token=token)
    if not found.is_open(now()):
        return _over(request, found)
    return render(request, "members/invitation_no.html", {"invitation": found, "token": token})


def _over(request: PageRequest, found: Invitation) -> HttpResponse:
    state = "over" if found.is_over(now()) else found.state
    shown: dict[str, Any] = {"invitation": found, "state": state, "is_member": request.member is not None}
    return render(request, "members/invitation_over.html", shown)
