"""Entrances: write one of the two proposals, its draft on the way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearth.core.clock import now
from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.members.requests import MemberRequest
from hearth.purpose.actions import workshop_deciding as deciding
from hearth.purpose.actions import workshop_taking_part as actions
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY, Parts
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries.workshop_board import Sentence
from hearth.purpose.queries.workshops import Room, room_for
from hearth.purpose.views.workshop_room import Fields, all_parts, in_workshop

NAMES = {"who": MOST_WHO, "what_1": MOST_WHAT, "what_2": MOST_WHAT, "what_3": MOST_WHAT, "why": MOST_WHY}


@require_http_methods(["GET", "HEAD", "POST"])
@in_workshop
def proposal(request: MemberRequest, room: Room, place: int) -> HttpResponse:
    """Write a proposal; when somebody else wrote meanwhile, both are shown and nothing is lost."""
    policy.can_take_part(room.seat, room.workshop).require()
    found = _found(room, place)
    if request.method != "POST":
        return _page(request, room, found, _kept(room, found))
    typed = {name: request.POST.get(name, "") for name in NAMES}
    version = request.POST.get("version", "")[:9]
    seen = int(version) if version.isdecimal() else 0
    try:
        deciding.propose(
            by=request.member, workshop=room.workshop, place=place, parts=_parts(typed), version=seen
        )
    except (Invalid, Conflict) as refused:
        again = room_for(request.member, room.workshop.public_id)
        return _page(request, again, _found(again, place), typed, refused)
    messages.success(request, _("The proposal is kept. Everybody sees it."))
    return redirect(f"{reverse('workshop', kwargs={'workshop': room.workshop.public_id})}#proposals")


@require_POST
@in_workshop
def proposal_draft(request: MemberRequest, room: Room, place: int) -> HttpResponse:
    """Keep what is being written, each part by itself (sent by the page every few seconds)."""
    _found(room, place)
    for name in NAMES:
        words, kept_at = request.POST.get(name, ""), f"proposal-{place}-{name}"
        if words != room.drafts.get(kept_at, ""):
            actions.save_draft(
                by=request.member, workshop=room.workshop, place=kept_at, words=words, now=now()
            )
    return HttpResponse(status=204)


def _found(room: Room, place: int) -> Sentence:
    sentences: list[Sentence] = all_parts(room)["board"].sentences
    found = next((one for one in sentences if one.proposal.place == place), None)
    if found is None:
        raise NotFound("")
    return found


def _kept(room: Room, found: Sentence) -> dict[str, str]:
    parts = found.proposal.parts
    kept = dict(zip(NAMES, (parts.who, *parts.whats, parts.why), strict=True))
    place = found.proposal.place
    return {name: room.drafts.get(f"proposal-{place}-{name}", words) for name, words in kept.items()}


def _parts(typed: dict[str, str]) -> Parts:
    return Parts(typed["who"], (typed["what_1"], typed["what_2"], typed["what_3"]), typed["why"])


def _page(
    request: MemberRequest,
    room: Room,
    found: Sentence,
    typed: dict[str, str],
    refused: Invalid | Conflict | None = None,
) -> HttpResponse:
    """Show the form. A part that is too long is the one that is named; any other refusal stands at the first."""
    long = next((name for name, most in NAMES.items() if len(typed[name]) > most), "who")
    fields = Fields(room, long, typed, refused.reason if refused else "")
    shown = all_parts(room) | {
        "found": found,
        "typed": typed,
        "form": fields,
        "fields": fields,
        "changed": isinstance(refused, Conflict),
    }
    return render(request, "purpose/workshop/proposal.html", shown, status=refused.status if refused else 200)
