"""Entrances: the whole sentence, smoothed by hand and looked at from both sides; the last look; all parts on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearth.core.clock import now
from hearth.core.errors import Conflict, DomainError, Invalid
from hearth.core.http import posted
from hearth.core.once import once
from hearth.members.doors import members_only, stewards_only
from hearth.members.requests import MemberRequest
from hearth.purpose import actions, policy, queries
from hearth.purpose.forms import AdoptForm, WholeForm, WriteForm
from hearth.purpose.growing import bare, pieces
from hearth.purpose.models import Interview
from hearth.purpose.parts import sentence as grown
from hearth.purpose.queries.goals import goals_in_new_words
from hearth.purpose.queries.interviews import interview_by_id
from hearth.purpose.queries.wordings import length_refusal, sign_of
from hearth.purpose.questions import QUESTIONS
from hearth.purpose.reading_along import judges, look
from hearth.purpose.views.pieces import later

FEELINGS = {"organisation": "speaks_to_organisation", "members": "speaks_to_members"}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def whole(request: MemberRequest, interview: str) -> HttpResponse:
    """Show the sentence as a whole; POST keeps how it was smoothed and to whom it speaks."""
    found = interview_by_id(request.member, interview)
    stands = found.sentence or _grown(found)
    if request.method != "POST":
        feelings = {name: getattr(found, column) for name, column in FEELINGS.items()}
        form = WholeForm(stands=stands, feelings=feelings)
        return _page(request, found, form)
    form = WholeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    return _kept(request, found, form)


def _kept(request: MemberRequest, found: Interview, form: WholeForm) -> HttpResponse:
    said = form.said() | ({"words": ""} if "grown" in request.POST else {})
    try:
        kept = actions.write(by=request.member, interview=found, part="sentence", now=now(), **said)
    except (Conflict, Invalid) as refusal:
        form.add_error("words", refusal.reason)
        kept = interview_by_id(request.member, found.public_id)
        form.saw(kept.sentence)
        other = kept.sentence if isinstance(refusal, Conflict) else ""
        return _page(request, kept, form, other=other, status=refusal.status)
    feel = {name: form.cleaned_data[name] for name in FEELINGS}
    kept = actions.say_how_it_speaks(by=request.member, interview=kept, now=now(), **feel)
    if "later" in request.POST:
        return later(request)
    if form.refuse():
        return _page(request, kept, form, status=422)
    return redirect(
        "interview_adopt" if _goes_on(request, kept) else "interview_whole", interview=kept.public_id
    )


def _grown(found: Interview) -> str:
    return grown(bare(found.parts, found.language), found.language)


def _goes_on(request: MemberRequest, kept: Interview) -> bool:
    return "adopt" in request.POST and kept.parts.is_whole and bool(policy.can_adopt(request.member))


def _page(
    request: MemberRequest, found: Interview, form: WholeForm, *, other: str = "", status: int = 200
) -> HttpResponse:
    now_grown = _grown(found)
    shown = {
        "interview": found,
        "form": form,
        "grown": pieces(found.parts, found.language),
        "sentence": found.sentence,
        "now_grown": now_grown,
        "is_older": bool(found.sentence) and found.smoothed_from != now_grown,
        "answers": _answers(found),
        "judged": judges(found.language),
        "other": other,
        "may_adopt": policy.can_adopt(request.member),
    }
    return render(request, "purpose/interview/whole.html", shown, status=status)


def _answers(found: Interview) -> list[dict[str, Any]]:
    """Return each part with its question, where it is changed, what the coach sees, and by how much it is too long."""
    answers = []
    for question in QUESTIONS:
        words = getattr(found, question.column)
        place = {"interview": found.public_id}
        href = (
            reverse("interview_why", kwargs=place)
            if question.column == "why"
            else reverse(
                "interview_question", kwargs={**place, "question": question.slug}, query={"back": "whole"}
            )
        )
        remarks = look(question.column, words, found.parts, found.language) if words else []
        over = length_refusal(words, question.most)
        answers.append({"question": question, "words": words, "href": href, "remarks": remarks, "over": over})
    return answers


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write(request: MemberRequest, interview: str) -> HttpResponse:
    """All five parts on one page, for a purpose that is there already."""
    found = interview_by_id(request.member, interview)
    stands = {question.column: getattr(found, question.column) for question in QUESTIONS}
    form = WriteForm(posted(request), stands=stands)
    if not form.is_valid():
        return _write_page(request, found, form, status=422 if form.is_bound else 200)
    try:
        for part in stands:
            actions.write(by=request.member, interview=found, part=part, now=now(), **form.said(part))
    except (Conflict, Invalid) as refusal:
        form.add_error(part, refusal.reason)
        other = getattr(interview_by_id(request.member, interview), part)
        form.saw(part, other)
        shown = other if isinstance(refusal, Conflict) else ""
        return _write_page(request, found, form, other=shown, status=refusal.status)
    return redirect("interview_whole", interview=interview)


def _write_page(
    request: MemberRequest, found: Interview, form: WriteForm, *, other: str = "", status: int
) -> HttpResponse:
    shown = {"interview": found, "form": form, "other": other}
    return render(request, "purpose/interview/write.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def adopt(request: MemberRequest, interview: str) -> HttpResponse:
    """The last look: who sees it, what follows, which goals go on; POST adopts."""
    if request.method == "POST":
        return _adopt(request, interview)
    return _last_look(request, interview_by_id(request.member, interview))


def _adopt(request: MemberRequest, interview: str) -> HttpResponse:
    form = AdoptForm(request.POST, replaces=0)
    if not form.is_valid():
        return redirect("interview_adopt", interview=interview)
    said = form.cleaned_data
    same = [int(place) for place in request.POST.getlist("same_goals") if place in {"1", "2", "3"}]

    def make() -> str:
        found = interview_by_id(request.member, interview)
        asked = {**{name: said[name] for name in ("named", "replaces", "seen")}, "same_goals": same}
        actions.adopt_interview(by=request.member, interview=found, now=now(), **asked)
        return reverse("purpose")

    try:
        where = once(token=said["form_token"], owner=f"m{request.member.pk}", now=now(), make=make)
    except DomainError as refusal:
        found = interview_by_id(request.member, interview)
        return _last_look(request, found, refusal=refusal)
    messages.success(request, _("Your purpose is adopted. It stands on every page now."))
    return redirect(where)


def _last_look(
    request: MemberRequest, found: Interview, *, refusal: DomainError | None = None
) -> HttpResponse:
    held = queries.statement_that_holds(request.community)
    number = held.number if held else 0
    shown = {
        "interview": found,
        "sentence": found.sentence or _grown(found),
        "is_whole": found.parts.is_whole,
        "held": held,
        "goals": goals_in_new_words(request.community, bare(found.parts, found.language).whats),
        "form": AdoptForm(replaces=number, seen=sign_of(found.parts, found.sentence)),
        "refusal": refusal.reason if refusal else "",
    }
    return render(request, "purpose/interview/adopt.html", shown, status=refusal.status if refusal else 200)
