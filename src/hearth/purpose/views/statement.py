"""Entrances: the purpose as it holds, its history, its poster and picture, and what stewards say about it."""

from typing import Any, Literal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearth.core.clock import now
from hearth.core.errors import NotFound
from hearth.core.text import fold
from hearth.members.doors import members_only, readers_only, stewards_only
from hearth.members.requests import MemberRequest, PageRequest
from hearth.purpose import actions, policy, printing, queries
from hearth.purpose.models import Statement
from hearth.purpose.paper.pieces import PosterWords
from hearth.purpose.queries import statements
from hearth.purpose.queries.goals import goals_for_reader
from hearth.purpose.queries.interviews import lent_to
from hearth.purpose.queries.statements import Wording
from hearth.purpose.serving import Thing, features


@require_safe
@readers_only
def purpose(request: PageRequest) -> HttpResponse:
    """Show the purpose that holds, its parts and goals with what serves them; without one, the ways to find it."""
    held = queries.statement_that_holds(request.community)
    shown: dict[str, Any] = {"may_adopt": policy.can_adopt(request.member), "held": held, **_own(request)}
    if held is None:
        return render(request, "purpose/none.html", shown)
    texts = statements.texts_of(held)
    said = statements.wording(held, texts, _wanted(request))
    shown |= {
        "said": said,
        "lines": PosterWords(said.sentence, said.parts).lines(),
        "texts": texts,
        "goals": _goals(request),
        "people": statements.people_named(held) if request.member else [],
        "own_part": statements.own_part(held, request.member),
        "is_due": held.recheck_at <= now(),
    }
    return render(request, "purpose/purpose.html", shown)


def _own(request: PageRequest) -> dict[str, Any]:
    """The interview that this reader leads, and those in which the reader helps."""
    if request.member is None:
        return {"own": None, "lent": []}
    return {"own": queries.interview_of(request.member), "lent": lent_to(request.member)}


def _wanted(request: PageRequest) -> str:
    return request.GET.get("language", "") or get_language() or ""


def _goals(request: PageRequest) -> list[tuple[object, list[Thing]]]:
    things = [thing for feature in features() for thing in feature.things(request.member, request.community)]
    return [
        (goal, [thing for thing in things if thing.goal == goal.pk])
        for goal in goals_for_reader(request.community)
    ]


@require_safe
@readers_only
def history(request: PageRequest) -> HttpResponse:
    """Show every version with its date, its goals and who adopted it."""
    return render(request, "purpose/history.html", {"versions": statements.versions(request.community)})


@require_safe
@readers_only
def poster(request: PageRequest, size: str) -> HttpResponse:
    """Return the poster to print."""
    if size not in {"a4", "a3"}:
        raise NotFound("")
    held, said = _to_print(request)
    paper: Literal["a4", "a3"] = "a3" if size == "a3" else "a4"
    made = printing.poster_of(request.community, held, said, size=paper)
    return _file(made, "application/pdf", _name(request, f"poster-{size}", said, "pdf"))


@require_safe
@readers_only
def picture(request: PageRequest, shape: str) -> HttpResponse:
    """Return the picture for other channels."""
    if shape not in {"wide", "square"}:
        raise NotFound("")
    held, said = _to_print(request)
    form: Literal["wide", "square"] = "square" if shape == "square" else "wide"
    made = printing.picture_of(request.community, held, said, shape=form)
    return _file(made.png, "image/png", _name(request, f"purpose-{shape}", said, "png"))


def _to_print(request: PageRequest) -> tuple[Statement, Wording]:
    held = statements.held_or_not_found(request.community)
    return held, statements.wording(held, statements.texts_of(held), _wanted(request))


def _name(request: PageRequest, what: str, said: Wording, ending: str) -> str:
    place = slugify(fold(request.community.name)) or request.community.slug
    return f"{place}-{what}-{said.language}.{ending}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
@stewards_only
def recheck(request: MemberRequest) -> HttpResponse:
    """Say that the purpose still speaks to the community."""
    number = request.POST.get("number", "")[:6]
    asked = int(number) if number.isdecimal() else 0
    actions.recheck(by=request.member, community=request.community, number=asked, now=now())
    messages.success(request, _("Good. You are asked again in a year."))
    return redirect("purpose")


@require_POST
@stewards_only
def in_network(request: MemberRequest) -> HttpResponse:
    """Show the purpose on the network's page beside the others, or no longer."""
    shows = request.POST.get("shows") == "yes"
    actions.show_in_network(by=request.member, community=request.community, shows=shows, now=now())
    said = _("The network's page shows it now."), _("The network's page shows only your name now.")
    messages.success(request, said[0] if shows else said[1])
    return redirect("purpose")


@require_POST
@members_only
def be_named(request: MemberRequest) -> HttpResponse:
    """Let one's own name stand beside the statement, or no longer."""
    named = request.POST.get("named") == "yes"
    held = statements.held_or_not_found(request.community)
    actions.be_named(by=request.member, statement=held, named=named)
    messages.success(request, _("Your name stands there now.") if named else _("Your name is not shown."))
    return redirect("purpose")
