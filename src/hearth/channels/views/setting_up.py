"""Pages of the operator: by which way mails go out. Where it stands, and one question a page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearth.channels import actions, coming, forms, policy, providers, queries, telling, ways
from hearth.channels.hello import answers_can_arrive
from hearth.channels.queries import SetUp
from hearth.core.clock import now
from hearth.core.http import posted
from hearth.core.tenancy import across_communities
from hearth.members.doors import operators_only
from hearth.members.requests import OperatorRequest

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@operators_only
def mail(request: OperatorRequest) -> HttpResponse:
    """Show where sending stands: what works, what does not, what is to be done next."""
    found = queries.set_up()
    coming.remember(request)
    with across_communities():  # the operator looks after the whole deployment
        waiting = queries.waiting()
    shown = {
        "set_up": found,
        "provider": providers.provider(found.known.provider) if found.known else providers.UNKNOWN,
        "by_server": bool(settings.SMTP_URL),
        "goes_out": ways.goes_out(),
        "answers_arrive": answers_can_arrive(),
        "waiting": waiting,
        "may": policy.can_change_mail(request.account),
        "checks": telling.checks(found.test) if found.test and (found.known or settings.SMTP_URL) else [],
        "place": coming.place(request),
    }
    return render(request, "channels/mail.html", shown)


@require_http_methods(METHODS)
@operators_only
def mail_provider(request: OperatorRequest) -> HttpResponse:
    """Ask who looks after the e-mail."""
    found = queries.set_up()
    form = forms.ProviderForm(
        posted(request), initial={"provider": found.known.provider if found.known else ""}
    )
    return _question(request, form, found, "mail_provider", _choose)


def _choose(request: OperatorRequest, cleaned: dict[str, Any]) -> None:
    actions.choose_provider(by=request.account, key=cleaned["provider"], now=now())


@require_http_methods(METHODS)
@operators_only
def mail_server(request: OperatorRequest) -> HttpResponse:
    """Ask for the name of the mail server."""
    found = queries.set_up()
    form = forms.ServerForm(posted(request), initial={"server": found.known.host if found.known else ""})
    return _question(request, form, found, "mail_server", _name_server)


def _name_server(request: OperatorRequest, cleaned: dict[str, Any]) -> None:
    actions.name_server(by=request.account, server=cleaned["server"], now=now())


@require_http_methods(METHODS)
@operators_only
def mail_sender(request: OperatorRequest) -> HttpResponse:
    """Ask from which address mails come."""
    found = queries.set_up()
    form = forms.SenderForm(posted(request), initial={"sender": found.known.sender if found.known else ""})
    return _question(request, form, found, "mail_sender", _name_sender)


def _name_sender(request: OperatorRequest, cleaned: dict[str, Any]) -> None:
    actions.name_sender(by=request.account, address=cleaned["sender"], now=now())


@require_http_methods(METHODS)
@operators_only
def mail_user(request: OperatorRequest) -> HttpResponse:
    """Ask for the user name at the mail server."""
    found = queries.set_up()
    form = forms.UserForm(posted(request), initial={"username": found.known.username if found.known else ""})
    return _question(request, form, found, "mail_user", _name_user)


def _name_user(request: OperatorRequest, cleaned: dict[str, Any]) -> None:
    actions.name_user(by=request.account, username=cleaned["username"], now=now())


@require_http_methods(METHODS)
@operators_only
def mail_password(request: OperatorRequest) -> HttpResponse:
    """Ask for the password; once it is there the test begins."""
    found = queries.set_up()
    form = forms.PasswordForm(posted(request), key=found.known.provider if found.known else "")
    return _question(request, form, found, "mail_password", _keep_password)


def _keep_password(request: OperatorRequest, cleaned: dict[str, Any]) -> None:
    actions.keep_password(by=request.account, password=cleaned["password"], now=now())


def _question(
    request: OperatorRequest,
    form: Form,
    found: SetUp,
    route: str,
    keep: Callable[[OperatorRequest, dict[str, Any]], None],
) -> HttpResponse:
    """Show one question, keep its answer, lead to the next one; after the last the test begins."""
    if settings.SMTP_URL or (found.known is None and route != "mail_provider"):
        return redirect("mail")
    if not form.is_valid():
        about = {"place": coming.place(request), **_about(found, route)}
        shown = {"form": form, "back": _before(found, route), **about}
        return render(request, "channels/mail_question.html", shown, status=422 if form.is_bound else 200)
    keep(request, form.cleaned_data)
    following = queries.set_up().next_question
    if following:
        return redirect(following)
    actions.ask_for_test(by=request.account, language=get_language() or "", now=now())
    return redirect("mail_test")


def _before(found: SetUp, route: str) -> str:
    earlier = found.questions[: found.questions.index(route)] if route in found.questions else []
    return earlier[-1] if earlier else "mail"


def _about(found: SetUp, route: str) -> dict[str, str]:
    key = found.known.provider if found.known else ""
    chosen = providers.provider(key)
    asks_there = route in {"mail_password", "mail_user", "mail_server"}
    return {
        "where": providers.where_words(key) if asks_there else "",
        "where_url": chosen.password_url if route == "mail_password" else "",
        "provider_name": chosen.name,
    }


@require_http_methods(METHODS)
@operators_only
def mail_forget(request: OperatorRequest) -> HttpResponse:
    """Stop sending and forget the password, after one page that says what follows."""
    if queries.set_up().known is None:
        return redirect("mail")
    if request.method != "POST":
        return render(request, "channels/mail_forget.html")
    actions.forget_mail_account(by=request.account, now=now())
    messages.success(request, _("The password is forgotten. E-mails wait until sending is set up again."))
    return redirect("mail")
