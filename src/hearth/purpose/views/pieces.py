"""What several pages of the interview show."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hearth.members.requests import MemberRequest
from hearth.purpose.growing import Piece, pieces
from hearth.purpose.models import Interview
from hearth.purpose.parts import Parts
from hearth.purpose.worked_examples import examples_in


def later(request: MemberRequest) -> HttpResponse:
    """Let the person go; everything is kept."""
    messages.success(request, _("It is kept. Come back whenever you like."))
    return redirect("interview")


def grown_with(interview: Interview, column: str, words: str) -> list[Piece]:
    """Return the sentence in pieces, with these words where the answer of this column stands."""
    return pieces(_with(interview.parts, column, " ".join(words.split())), interview.language)


def _with(parts: Parts, column: str, words: str) -> Parts:
    if column == "who":
        return replace(parts, who=words)
    if column == "why":
        return replace(parts, why=words)
    first, second, third = parts.whats
    if column == "what_1":
        first = words
    elif column == "what_2":
        second = words
    else:
        third = words
    return replace(parts, whats=(first, second, third))


def shown_examples(interview: Interview, part: str) -> dict[str, Any]:
    """Return the examples for this part of the statement, with their language."""
    language, said = examples_in(interview.language)
    return {"examples": said[part], "examples_language": language, "ladders": said["ladder"]}
