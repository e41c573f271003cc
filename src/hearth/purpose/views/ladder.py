"""Entrances: the why ladder. "Why do these people want that?", and again and again, until a rung is called the WHY."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.core.clock import now
from hearth.core.errors import Conflict, Invalid
from hearth.core.text import strip_controls
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose import actions
from hearth.purpose.actions.laddering import MOST_RUNGS
from hearth.purpose.forms import AnswerForm
from hearth.purpose.models import Interview, Rung
from hearth.purpose.queries.interviews import interview_by_id, rungs_of
from hearth.purpose.questions import AGAIN, AGAIN_HINT, QUESTIONS, WHY, before
from hearth.purpose.reading_along import Step, judges, step
from hearth.purpose.views.pieces import grown_with, later, shown_examples


@dataclass(frozen=True, slots=True)
class ShownRung:
    """A rung with what the coach sees in it; is_why: it was called the WHY."""

    rung: Rung
    step: Step
    is_why: bool


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def why(request: MemberRequest, interview: str) -> HttpResponse:
    """Ask for the next rung, or for new words of one (?rung=2); POST keeps it and asks again."""
    found = interview_by_id(request.member, interview)
    rungs = rungs_of(found)
    position = _position(request, rungs)
    stands = rungs[position - 1].words if position <= len(rungs) else ""
    if request.method != "POST":
        return _page(request, found, rungs, position, AnswerForm(stands=stands))
    form = AnswerForm(request.POST)
    form.full_clean()
    return _kept(request, found, position, form)


def _position(request: MemberRequest, rungs: list[Rung]) -> int:
    asked = (request.POST if request.method == "POST" else request.GET).get("rung", "")
    last = len(rungs) + 1
    return int(asked) if asked.isdecimal() and len(asked) < 3 and 1 <= int(asked) <= last else last


def _kept(request: MemberRequest, found: Interview, position: int, form: AnswerForm) -> HttpResponse:
    try:
        actions.write_rung(by=request.member, interview=found, position=position, now=now(), **form.said())
    except (Conflict, Invalid) as refusal:
        form.add_error("words", refusal.reason)
        rungs = rungs_of(found)
        form.saw(rungs[position - 1].words if position <= len(rungs) else "")
        return _page(request, found, rungs, position, form, status=refusal.status)
    if "later" in request.POST:
        return later(request)
    if form.refuse(most=WHY.most):
        return _page(request, found, rungs_of(found), position, form, status=422)
    if "choose" in request.POST:
        return _chosen(request, found, position)
    return redirect(reverse("interview_why", kwargs={"interview": found.public_id}) + "#ladder")


def _page(
    request: MemberRequest,
    found: Interview,
    rungs: list[Rung],
    position: int,
    form: AnswerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    is_changed = position <= len(rungs)
    shown = {
        "interview": found,
        "rungs": [ShownRung(one, step(one.words, found.language), one.words == found.why) for one in rungs],
        "is_changed": is_changed,
        "other": rungs[position - 1].words if is_changed and status == Conflict.status else "",
        "form": form,
        "grown": grown_with(found, "why", str(form["words"].value() or found.why)),
        **_asked(found, position),
    }
    return render(request, "purpose/interview/why.html", shown, status=status)


def _asked(found: Interview, position: int) -> dict[str, Any]:
    first = position == 1
    return {
        "question": WHY,
        "questions": len(QUESTIONS),
        "label": WHY.label if first else AGAIN,
        "hint": WHY.hint if first else AGAIN_HINT,
        "before": before(WHY),
        "position": position,
        "full": position > MOST_RUNGS,
        "judged": judges(found.language),
        **shown_examples(found, "why"),
    }


@require_POST
@members_only
def draft(request: MemberRequest, interview: str) -> HttpResponse:
    """Keep the rung that is being typed (sent by the page every few seconds)."""
    found = interview_by_id(request.member, interview)
    form = AnswerForm(request.POST)
    form.full_clean()
    position = _position(request, rungs_of(found))
    actions.write_rung(by=request.member, interview=found, position=position, now=now(), **form.said())
    return HttpResponse(status=204)


@require_POST
@members_only
def reading_along(request: MemberRequest, interview: str) -> HttpResponse:
    """Say which value the coach sees in the rung so far, or why it still sounds like a task."""
    found = interview_by_id(request.member, interview)
    form = AnswerForm(request.POST)
    form.full_clean()
    words = strip_controls(form.typed)
    shown = {
        "interview": found,
        "step": step(words, found.language) if words.strip() else None,
        "grown": grown_with(found, "why", words),
        "apart": True,
    }
    return render(request, "purpose/interview/reading_rung.html", shown)


@require_POST
@members_only
def choose(request: MemberRequest, interview: str, rung: int) -> HttpResponse:
    """Call a rung the WHY and go on to the whole sentence."""
    return _chosen(request, interview_by_id(request.member, interview), rung)


def _chosen(request: MemberRequest, found: Interview, position: int) -> HttpResponse:
    actions.call_it_why(by=request.member, interview=found, position=position, now=now())
    return redirect("interview_whole", interview=found.public_id)


@require_POST
@members_only
def remove(request: MemberRequest, interview: str, rung: int) -> HttpResponse:
    """Take a rung away; the others close up."""
    found = interview_by_id(request.member, interview)
    actions.take_rung_away(by=request.member, interview=found, position=rung, now=now())
    return redirect("interview_why", interview=interview)
