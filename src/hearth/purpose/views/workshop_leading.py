"""Entrances for whoever leads a workshop: invite, move on, hand over, another round, adopt, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hearth.core.clock import now
from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.members.models import Member
from hearth.members.requests import MemberRequest
from hearth.purpose.actions import workshop_deciding as deciding
from hearth.purpose.actions import workshop_leading as actions
from hearth.purpose.actions import workshop_taking_part as taking_part
from hearth.purpose.enums import Step
from hearth.purpose.policy import can_adopt
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries import statement_that_holds
from hearth.purpose.queries import workshops as queries
from hearth.purpose.queries.wordings import fingerprint
from hearth.purpose.queries.workshops import Room
from hearth.purpose.views.workshop_room import Fields, all_parts, attempt, in_workshop
from hearth.purpose.workshop_mails import invitation_words


@require_http_methods(["GET", "HEAD", "POST"])
@in_workshop
def invite(request: MemberRequest, room: Room) -> HttpResponse:
    """Choose whom to invite, see the exact mail, send it."""
    policy.can_take_over(request.member, room.workshop).require()
    everybody = list(queries.can_be_invited(room.workshop))
    chosen = _chosen_people(request, everybody)
    if request.method == "POST" and request.POST.get("send") == "yes" and chosen:
        ids = [one.public_id for one in chosen]
        number = actions.invite(by=request.member, workshop=room.workshop, people=ids, now=now())
        said = ngettext("%(number)d person is invited.", "%(number)d people are invited.", number)
        messages.success(request, said % {"number": number})
        return redirect("workshop", workshop=room.workshop.public_id)
    reason = _("Choose at least one person.") if request.method == "POST" and not chosen else ""
    return _invite_page(request, room, everybody, chosen, reason)


def _invite_page(
    request: MemberRequest, room: Room, everybody: list[Member], chosen: list[Member], reason: str
) -> HttpResponse:
    shown = {
        "w": room.workshop,
        "everybody": everybody,
        "chosen": chosen,
        "by_mail": queries.reached_by_mail(chosen),
        "mail": invitation_words(room.workshop) if chosen else None,
        "form": Fields(room, "whom", reason=reason),
    }
    return render(request, "purpose/workshop/invite.html", shown, status=422 if reason else 200)


def _chosen_people(request: MemberRequest, everybody: list[Member]) -> list[Member]:
    match request.POST.get("whom", ""):
        case "all":
            return everybody
        case "staff":
            return [one for one in everybody if one.keeps_order]
        case "some":
            ids = set(request.POST.getlist("person"))
            return [one for one in everybody if one.public_id in ids]
    return []


@require_POST
@in_workshop
def move(request: MemberRequest, room: Room) -> HttpResponse:
    """Open another step for everybody."""
    seen, to = _step(request.POST.get("seen", "")), _step(request.POST.get("to", ""))
    actions.move(by=request.member, workshop=room.workshop, seen=seen, to=to, now=now())
    return redirect("workshop", workshop=room.workshop.public_id)


def _step(value: str) -> Step:
    if value not in Step.values:
        raise NotFound("")
    return Step(value)


@require_http_methods(["GET", "HEAD", "POST"])
@in_workshop
def lead(request: MemberRequest, room: Room) -> HttpResponse:
    """Hand the lead over, take it, or leave it."""
    policy.can_hand_over(request.member, room.workshop).require()
    reason = ""
    if request.method == "POST":
        try:
            _change_lead(request, room)
            return redirect("workshop", workshop=room.workshop.public_id)
        except Invalid as refused:
            reason = refused.reason
    people = [
        seat for seat in queries.people_here(room.workshop) if seat.member_id != room.workshop.facilitator_id
    ]
    shown = {"w": room.workshop, "room": room, "people": people, "form": Fields(room, "to", reason=reason)}
    return render(request, "purpose/workshop/lead.html", shown, status=422 if reason else 200)


def _change_lead(request: MemberRequest, room: Room) -> None:
    match request.POST.get("how", ""):
        case "take":
            actions.take_over(by=request.member, workshop=room.workshop, now=now())
        case "leave":
            actions.step_back(by=request.member, workshop=room.workshop, now=now())
        case _:
            to = request.POST.get("to", "")
            actions.hand_over(by=request.member, workshop=room.workshop, to=to, now=now())


@require_POST
@in_workshop
def here(request: MemberRequest, room: Room) -> HttpResponse:
    """The facilitator's page is still open (sent by the page every minute).

    A page that was opened before its reader led listens to what all hear; it is loaded anew.
    """
    actions.lead_is_here(by=request.member, workshop=room.workshop, now=now())
    late = room.leads and request.POST.get("listening") == "all"
    return HttpResponse(status=204, headers={"HX-Refresh": "true"} if late else {})


@require_POST
@in_workshop
def choose_rung(request: MemberRequest, room: Room) -> HttpResponse:
    """Let the ladder go on from one answer."""
    handle = request.POST.get("handle", "")[:20]
    taking_part.choose_rung(by=request.member, workshop=room.workshop, handle=handle)
    return redirect("workshop", workshop=room.workshop.public_id)


@require_POST
@in_workshop
def another_round(request: MemberRequest, room: Room) -> HttpResponse:
    """Go another round, with what was learned."""
    to, seen = _step(request.POST.get("to", "")), request.POST.get("round", "")[:4]

    def act() -> str:
        actions.go_another_round(
            by=request.member,
            workshop=room.workshop,
            to=to,
            learned=request.POST.get("words", ""),
            seen_round=int(seen) if seen.isdecimal() else 0,
            now=now(),
        )
        return _("A new round has begun. All that was said is kept.")

    return attempt(request, room, act, place="learned")


@require_http_methods(["GET", "HEAD", "POST"])
@in_workshop
def adopt(request: MemberRequest, room: Room, place: int) -> HttpResponse:
    """Adopt a proposal: what will follow, then yes. When somebody adopted meanwhile, that is shown and nothing happens."""
    can_adopt(request.member).require()
    refused, status = "", 200
    if request.method == "POST":
        number = request.POST.get("replaces", "")[:9]
        replaces = int(number) if number.isdecimal() else 0
        asked: dict[str, Any] = {"place": place, "replaces": replaces, "seen": request.POST.get("seen", "")}
        try:
            deciding.adopt_proposal(by=request.member, workshop=room.workshop, now=now(), **asked)
            return redirect("workshop", workshop=room.workshop.public_id)
        except (Conflict, Invalid) as no:
            refused, status = no.reason, no.status
    return _adopt_page(request, room, place, refused, status)


def _adopt_page(request: MemberRequest, room: Room, place: int, refused: str, status: int) -> HttpResponse:
    shown = all_parts(queries.room_for(request.member, room.workshop.public_id))
    found = next((one for one in shown["board"].sentences if one.proposal.place == place), None)
    if found is None:
        raise NotFound("")
    seats = queries.people_here(room.workshop)
    shown |= {
        "found": found,
        "seen": fingerprint(found.sentence),
        "held": statement_that_holds(request.community),
        "named": [seat.member.name for seat in seats if seat.named],
        "people": len(seats),
        "refused": refused,
    }
    return render(request, "purpose/workshop/adopt.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_workshop
def end(request: MemberRequest, room: Room) -> HttpResponse:
    """End the workshop without a purpose, after one question."""
    policy.can_take_over(request.member, room.workshop).require()
    if request.method == "POST":
        deciding.set_aside(by=request.member, workshop=room.workshop)
        messages.success(request, _("The workshop has ended. What was said is kept, without names."))
        return redirect("workshop", workshop=room.workshop.public_id)
    return render(request, "purpose/workshop/end.html", {"w": room.workshop})
