"""Entrances: one question of the interview, what is typed on the way, and what the coach says to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearth.core.clock import now
from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.core.text import is_blank, strip_controls
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose import actions
from hearth.purpose.forms import AnswerForm
from hearth.purpose.models import Interview
from hearth.purpose.queries.interviews import interview_by_id
from hearth.purpose.questions import QUESTIONS, WHY, Question, after, before, question_named
from hearth.purpose.reading_along import Seen, judges, look
from hearth.purpose.views.pieces import grown_with, later, shown_examples


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def question(request: MemberRequest, interview: str, question: str) -> HttpResponse:
    """Ask one question; POST keeps the answer, lets the coach speak once, and goes on."""
    found, asked = interview_by_id(request.member, interview), _asked(question)
    stands = getattr(found, asked.column)
    if request.method != "POST":
        form = AnswerForm(stands=stands, back=request.GET.get("back", "")[:20])
        remarks = _remarks(found, asked, stands) if "look" in request.GET else []
        return _page(request, found, asked, form, remarks=remarks)
    form = AnswerForm(request.POST)
    form.full_clean()
    return _kept(request, found, asked, form)


def _asked(slug: str) -> Question:
    asked = question_named(slug)
    if asked is WHY:
        raise NotFound("")
    return asked


def _kept(request: MemberRequest, found: Interview, asked: Question, form: AnswerForm) -> HttpResponse:
    try:
        said = actions.write(by=request.member, interview=found, part=asked.column, now=now(), **form.said())
    except (Conflict, Invalid) as refusal:
        form.add_error("words", refusal.reason)
        other = getattr(interview_by_id(request.member, found.public_id), asked.column)
        form.saw(other)
        shown = other if isinstance(refusal, Conflict) else ""
        return _page(request, found, asked, form, other=shown, status=refusal.status)
    if "later" in request.POST:
        return later(request)
    if form.refuse(most=asked.most):
        return _page(request, said, asked, form, status=422)
    remarks = _remarks(said, asked, getattr(said, asked.column))
    if not form.has_heard([one.rule for one in remarks]):
        return redirect(_address(said, asked, look="1", back=form.cleaned_data.get("back", "")))
    return _onward(said, asked, form)


def _onward(said: Interview, asked: Question, form: AnswerForm) -> HttpResponse:
    following = after(asked)
    if form.cleaned_data.get("back") == "whole" or following is None:
        return redirect("interview_whole", interview=said.public_id)
    if following is WHY:
        return redirect("interview_why", interview=said.public_id)
    return redirect("interview_question", interview=said.public_id, question=following.slug)


def _address(said: Interview, asked: Question, **asks: str) -> str:
    place = {"interview": said.public_id, "question": asked.slug}
    return reverse(
        "interview_question", kwargs=place, query={name: words for name, words in asks.items() if words}
    )


def _remarks(found: Interview, asked: Question, words: str) -> list[Seen]:
    return [] if is_blank(words) else look(asked.column, words, found.parts, found.language)


def _page(
    request: MemberRequest,
    found: Interview,
    asked: Question,
    form: AnswerForm,
    *,
    remarks: list[Seen] | None = None,
    other: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "interview": found,
        "form": form,
        "remarks": remarks or [],
        "other": other,
        "grown": grown_with(found, asked.column, str(form["words"].value() or "")),
        **_asked_with(found, asked),
    }
    return render(request, "purpose/interview/question.html", shown, status=status)


def _asked_with(found: Interview, asked: Question) -> dict[str, Any]:
    return {
        "question": asked,
        "questions": len(QUESTIONS),
        "before": before(asked),
        "judged": judges(found.language),
        **shown_examples(found, asked.part),
    }


@require_POST
@members_only
def draft(request: MemberRequest, interview: str, question: str) -> HttpResponse:
    """Keep what is being typed, also of the whole sentence (sent by the page every few seconds)."""
    found = interview_by_id(request.member, interview)
    part = question if question == "sentence" else _asked(question).column
    form = AnswerForm(request.POST)
    form.full_clean()
    actions.write(by=request.member, interview=found, part=part, now=now(), **form.said())
    return HttpResponse(status=204)


@require_POST
@members_only
def reading_along(request: MemberRequest, interview: str, question: str) -> HttpResponse:
    """Say what the coach sees in the words so far, and how the sentence grows with them (sent when writing pauses)."""
    found, asked = interview_by_id(request.member, interview), _asked(question)
    form = AnswerForm(request.POST)
    form.full_clean()
    words = strip_controls(form.typed)
    remarks = _remarks(found, asked, words)
    shown = {
        "interview": found,
        "remarks": remarks,
        "grown": grown_with(found, asked.column, words),
        "apart": True,
    }
    response = render(request, "purpose/interview/reading_along.html", shown)
    if [one.rule for one in remarks] == form.cleaned_data.get("heard", "").split():
        response["HX-Reswap"] = "none"  # nothing new is said twice; the sentence, swapped apart, still grows
    return response
