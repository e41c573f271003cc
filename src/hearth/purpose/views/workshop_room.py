"""What the entrances of a workshop share: the way in, and its page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import blake2s
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hearth.core.clock import now
from hearth.core.errors import DomainError, NotAllowed, NotFound
from hearth.core.once import new_token, once
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose.enums import Part, Side, Step, Warmth
from hearth.purpose.queries import workshops as queries
from hearth.purpose.queries.workshop_board import board_of
from hearth.purpose.queries.workshops import Room
from hearth.purpose.workshop_texts import QUESTIONS, SAID, SIDES

Page = Callable[..., HttpResponse]
# The same on every page of every workshop.
WORDS: dict[str, Any] = {
    "said": SAID,
    "questions": QUESTIONS,
    "sides": SIDES,
    "enums": {"Step": Step, "Part": Part, "Warmth": Warmth, "Side": Side},
}


@dataclass
class Fields:
    """What stands in the fields of a page: what was typed a moment ago and could not be taken, else what is kept."""

    room: Room
    place: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, for the top of the page."""
        return [(f"id_{self.place}", self.reason)] if self.reason else []

    def value(self, place: str, kept: str = "") -> str:
        """Return what stands in the field for `place`; `kept` where nothing newer is there."""
        for name in (f"words_{place}", place, *(["words"] if self.place == place else [])):
            if name in self.typed:
                return self.typed[name]
        return self.room.drafts.get(place, "") or kept

    def error(self, place: str) -> str:
        """Return what is wrong with the field for `place`."""
        return self.reason if self.place == place else ""


def in_workshop(page: Page) -> Page:
    """Let those into a workshop who may know of it; to other members it is not there."""

    @wraps(page)
    @members_only
    def door(request: MemberRequest, workshop: str, **kwargs: Any) -> HttpResponse:
        return page(request, queries.room_for(request.member, workshop), **kwargs)

    return door


def workshop_page(
    request: MemberRequest, room: Room, *, fields: Fields | None = None, status: int = 200
) -> HttpResponse:
    """Return the whole page of a workshop."""
    shown = all_parts(room) | {"fields": fields or Fields(room), "form": fields or Fields(room)}
    return render(request, "purpose/workshop/page.html", shown, status=status)


def all_parts(room: Room) -> dict[str, Any]:
    """Return what the page and its living part show."""
    workshop, leads = room.workshop, room.leads
    steps = list(Step)
    place = steps.index(Step(workshop.step))
    return WORDS | {
        "room": room,
        "w": workshop,
        "board": board_of(workshop, room.number),
        "facts": (workshop.public_id, room.number),
        "number": room.lead_number if leads else room.number,
        "leads": leads,
        "tally": queries.tally(workshop) if leads else None,
        "token": new_token(),
        "place": place,
        "before": steps[place - 1] if place else None,
        "following": steps[place + 1] if place + 1 < len(steps) else None,
    }


def attempt(
    request: MemberRequest, room: Room, act: Callable[[], str], *, place: str = "", anchor: str = ""
) -> HttpResponse:
    """Act once for each form, say what came of it and lead back; a refusal shows the page with all that was typed."""
    path = reverse("workshop", kwargs={"workshop": room.workshop.public_id})
    said: list[str] = []

    def make() -> str:
        said.append(act())
        return f"{path}{anchor}"

    try:
        where = once(token=_token(request), owner=f"m{request.member.pk}", now=now(), make=make)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refused:
        return _refused(request, room, place, refused)
    if said and said[0]:
        messages.success(request, said[0])
    return redirect(where)


def _refused(request: MemberRequest, room: Room, place: str, refused: DomainError) -> HttpResponse:
    # The workshop may have moved meanwhile: the page shows where it is now.
    again = queries.room_for(request.member, room.workshop.public_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    fields = Fields(again, place, typed, refused.reason)
    return workshop_page(request, again, fields=fields, status=refused.status)


def _token(request: MemberRequest) -> str:
    """Return the token of this form with these words: other words, typed after the back button, are another answer."""
    token = request.POST.get("form_token", "")[:64]
    if not token:
        return ""
    words = "\0".join(
        f"{name}={value}" for name, value in request.POST.items() if name != "csrfmiddlewaretoken"
    )
    return blake2s(words.encode(), digest_size=8).hexdigest() + token
