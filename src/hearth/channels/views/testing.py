"""Pages of the operator: the test of sending, and the lines for the person who runs the domain."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearth.channels import actions, coming, providers, queries, telling, ways
from hearth.channels.forms import HandOnForm
from hearth.channels.hello import answers_can_arrive
from hearth.channels.models import MailAccount, MailTest
from hearth.channels.writing import lines_words
from hearth.core.clock import now
from hearth.core.http import posted
from hearth.members.doors import operators_only
from hearth.members.requests import OperatorRequest

METHODS = ["GET", "HEAD", "POST"]
PATIENCE = timedelta(minutes=1, seconds=30)


@require_http_methods(METHODS)
@operators_only
def mail_test(request: OperatorRequest) -> HttpResponse:
    """Show how the newest test goes, step by step; POST asks for a new one. 204 where a page that waits knows all of it."""
    if request.method == "POST":
        actions.ask_for_test(by=request.account, language=get_language() or "", now=now())
        return redirect("mail_test")
    found = queries.set_up()
    if found.test is None:
        return redirect("mail")
    if request.GET.get("seen") == found.test.stage:
        return HttpResponse(status=204)
    again = telling.question_again(found.test, found.questions)
    shown = {
        "set_up": found,
        "again": again,
        "place": coming.place(request),
        **_outcome(found.test, found.known),
    }
    return render(request, "channels/mail_test.html", shown)


def _outcome(test: MailTest, known: MailAccount | None) -> dict[str, Any]:
    key = known.provider if known else ""
    return {
        "test": test,
        "steps": telling.steps(test, known.host if known else ""),
        "checks": telling.checks(test),
        "kind": providers.password_words(key),
        "where": providers.where_words(key),
        "limits": telling.limits(test.provider),
        "answers_arrive": answers_can_arrive(),
        "lines": queries.lines_of(test),
        # A worker that died leaves what it was at; a page must not ask for it for ever.
        "still_looking": test.checked_at is None and not _is_past(test.tried_at),
        "takes_long": _is_past(test.asked_at),
    }


def _is_past(moment: datetime | None) -> bool:
    return moment is not None and now() - moment > PATIENCE


@require_safe
@operators_only
def mail_lines(request: OperatorRequest) -> HttpResponse:
    """Show the lines for the person who runs the domain, on one page to print or to send."""
    test = queries.newest_test()
    if test is None:
        return redirect("mail")
    words = lines_words(test, by=request.account)
    own_program = f"mailto:?subject={quote(words.subject)}&body={quote(words.text)}"
    shown = {
        "test": test,
        "checks": queries.lines_of(test),
        "titles": telling.titles(),
        "goes_out": ways.goes_out(),
        "own_program": own_program,
    }
    return render(request, "channels/mail_lines.html", shown)


@require_http_methods(METHODS)
@operators_only
def mail_lines_send(request: OperatorRequest) -> HttpResponse:
    """Ask to whom the lines go, show the exact mail, then send it."""
    test = queries.newest_test()
    if test is None or not queries.lines_of(test):
        return redirect("mail_lines")
    form = HandOnForm(posted(request))
    if form.is_valid():
        return _send(request, form, test)
    words = lines_words(test, by=request.account)
    shown = {"form": form, "words": words}
    return render(request, "channels/mail_lines_send.html", shown, status=422 if form.errors else 200)


def _send(request: OperatorRequest, form: HandOnForm, test: MailTest) -> HttpResponse:
    address = form.cleaned_data["email"]
    actions.send_lines(
        by=request.account,
        address=address,
        words=lines_words(test, by=request.account),
        language=get_language() or "",
        token=form.cleaned_data["form_token"],
        now=now(),
    )
    messages.success(request, _("Your e-mail is on its way to %(address)s.") % {"address": address})
    return redirect("mail_lines")
