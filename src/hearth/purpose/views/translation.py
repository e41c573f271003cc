"""Entrances: translations of the statement, proposed by one person and checked by another."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.core.clock import now
from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose import actions, policy
from hearth.purpose.forms import TranslationForm
from hearth.purpose.languages import languages_for
from hearth.purpose.models import Statement, StatementText
from hearth.purpose.queries import statements
from hearth.purpose.queries.wordings import sign


@require_safe
@members_only
def translations(request: MemberRequest) -> HttpResponse:
    """Show the translations with how far each is, and the languages that are still missing."""
    held = statements.held_or_not_found(request.community)
    texts = statements.texts_of(held)
    there = {held.language, *(text.language for text in texts)}
    missing = [pair for pair in languages_for(request.community) if pair[0] not in there]
    own = [pair for pair in missing if pair[0] in request.community.languages]
    shown = {
        "held": held,
        "texts": [(text, sign(text), policy.can_check(request.member, text)) for text in texts],
        "own": own,
        "missing": [pair for pair in missing if pair not in own],
    }
    return render(request, "purpose/translations.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def translate(request: MemberRequest, language: str) -> HttpResponse:
    """Write a translation, or change one."""
    held = statements.held_or_not_found(request.community)
    if language == held.language or language not in dict(languages_for(request.community)):
        raise NotFound("")
    text = statements.text_in(held, language)
    if text is not None:
        policy.can_rewrite(request.member, text).require()
    form = TranslationForm(request.POST if request.method == "POST" else None, initial=_words(text))
    if not form.is_valid():
        return _page(request, held, language, form, 422 if form.is_bound else 200)
    return _kept(request, held, language, form)


def _words(text: StatementText | None) -> dict[str, str]:
    columns = ("who", "what_1", "what_2", "what_3", "why", "sentence")
    return {name: getattr(text, name) if text else "" for name in columns} | {"seen": sign(text)}


def _kept(request: MemberRequest, held: Statement, language: str, form: TranslationForm) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in ("sentence", "seen")}
    try:
        actions.translate(
            by=request.member, statement=held, language=language, parts=form.parts(), now=now(), **said
        )
    except (Conflict, Invalid) as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, held, language, form, refusal.status)
    messages.success(request, _("Thank you. Now another person checks it."))
    return redirect("purpose_translations")


def _page(
    request: MemberRequest, held: Statement, language: str, form: TranslationForm, status: int
) -> HttpResponse:
    shown: dict[str, Any] = {"held": held, "language": language, "form": form}
    if status == Conflict.status:
        shown["other"] = statements.text_in(held, language)
        shown["seen"] = sign(shown["other"])
    return render(request, "purpose/translate.html", shown, status=status)


@require_POST
@members_only
def check(request: MemberRequest, language: str) -> HttpResponse:
    """Say that a translation is right."""
    held = statements.held_or_not_found(request.community)
    text = statements.text_in(held, language)
    if text is None:
        raise NotFound("")
    actions.check_text(by=request.member, text=text, seen=request.POST.get("seen", "")[:24], now=now())
    messages.success(request, _("Checked. Those who read in this language see it now."))
    return redirect("purpose_translations")
