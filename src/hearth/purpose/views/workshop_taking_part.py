"""Entrances for the people of a workshop: arrive, write, put together, feel, climb, propose, answer."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearth.core.clock import now
from hearth.core.errors import Invalid, NotFound
from hearth.members.requests import MemberRequest
from hearth.purpose.actions import workshop_deciding as deciding
from hearth.purpose.actions import workshop_grouping as grouping
from hearth.purpose.actions import workshop_taking_part as actions
from hearth.purpose.enums import Part, Side, Warmth
from hearth.purpose.queries.workshops import Room
from hearth.purpose.views.workshop_room import Fields, all_parts, attempt, in_workshop

DRAFTS = {"who", "what", "why", "rung"}


@require_POST
@in_workshop
def arrive(request: MemberRequest, room: Room) -> HttpResponse:
    """Say who one is, and for whom one answers."""
    said, workshop = request.POST, room.workshop

    def act() -> str:
        side = _chosen(Side, said.get("side", ""), _("Choose for whom you answer."))
        named, line = said.get("named") == "on", said.get("line", "")
        actions.arrive(by=request.member, workshop=workshop, side=side, line=line, named=named, now=now())
        return _("You are here now. The others see your name.")

    return attempt(request, room, act, place="line" if said.get("side") else "side")


@require_POST
@in_workshop
def write(request: MemberRequest, room: Room) -> HttpResponse:
    """Hand in an answer to one of the three questions."""
    part = _chosen(Part, request.POST.get("part", ""), "")

    def act() -> str:
        words = request.POST.get(f"words_{part}", "")
        fresh = actions.contribute(
            by=request.member, workshop=room.workshop, part=part, words=words, now=now()
        )
        _keep_others(request, room, part)
        if fresh:
            return _("It is handed in, without your name.")
        return _("You have said that already. It is kept once, and that is enough.")

    return attempt(request, room, act, place=part, anchor=f"#ask-{part}")


def _keep_others(request: MemberRequest, room: Room, part: Part) -> None:
    """Keep as drafts what stands in the fields of the other two questions: one form holds all three."""
    for other in set(Part) - {part}:
        words = request.POST.get(f"words_{other}", "")
        if words != room.drafts.get(other, ""):
            actions.save_draft(by=request.member, workshop=room.workshop, place=other, words=words, now=now())


@require_POST
@in_workshop
def take_back(request: MemberRequest, room: Room, handle: str) -> HttpResponse:
    """Take back what one wrote; its words stand in the field again, to be changed or left."""
    row = actions.take_back(by=request.member, workshop=room.workshop, handle=handle)
    if not room.drafts.get(row.part):
        actions.save_draft(
            by=request.member, workshop=room.workshop, place=row.part, words=row.words, now=now()
        )
    return redirect("workshop", workshop=room.workshop.public_id)


@require_POST
@in_workshop
def draft(request: MemberRequest, room: Room, place: str) -> HttpResponse:
    """Keep what is being written (sent by the page every few seconds)."""
    if place not in DRAFTS:
        raise NotFound("")
    words = request.POST.get(f"words_{place}", request.POST.get("words", ""))
    actions.save_draft(by=request.member, workshop=room.workshop, place=place, words=words, now=now())
    return HttpResponse(status=204)


@require_POST
@in_workshop
def more_time(request: MemberRequest, room: Room) -> HttpResponse:
    """Ask for more time in this step, or take it back."""
    wants = request.POST.get("wants") == "yes"

    def act() -> str:
        actions.ask_for_time(by=request.member, workshop=room.workshop, wants=wants)
        return _("The facilitator sees that somebody would like more time.") if wants else ""

    return attempt(request, room, act)


@require_POST
@in_workshop
def put_together(request: MemberRequest, room: Room) -> HttpResponse:
    """Put answers into a group."""
    part = _chosen(Part, request.POST.get("part", ""), "")

    def act() -> str:
        grouping.put_together(
            by=request.member,
            workshop=room.workshop,
            part=part,
            handles=request.POST.getlist("handle")[:400],
            into=request.POST.get("into", ""),
        )
        return _("They lie together now. Everybody sees it.")

    return attempt(request, room, act, place=f"into-{part}", anchor=f"#groups-{part}")


@require_POST
@in_workshop
def feel(request: MemberRequest, room: Room) -> HttpResponse:
    """Say how a group feels. One form holds all groups, so that no word that was typed is lost."""
    handle, _mark, warmth = request.POST.get("feel", "").partition(":")
    said = _chosen(Warmth, warmth, "")

    def act() -> str:
        why = request.POST.get(f"why-{handle}", "")
        deciding.feel(by=request.member, workshop=room.workshop, handle=handle, warmth=said, why=why)
        return ""

    if not request.headers.get("HX-Request"):
        return attempt(request, room, act, place=f"why-{handle}", anchor=f"#group-{handle}")
    return _felt(request, room, act, f"why-{handle}")


def _felt(request: MemberRequest, room: Room, act: Callable[[], str], place: str) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    fields = Fields(room, typed=typed)
    try:
        act()
    except Invalid as refused:
        fields = Fields(room, place, typed, refused.reason)
    return render(request, "purpose/workshop/steps/feel.html", all_parts(room) | {"fields": fields})


@require_POST
@in_workshop
def climb(request: MemberRequest, room: Room) -> HttpResponse:
    """Answer "why does that matter?"."""
    number = request.POST.get("number", "")[:4]

    def act() -> str:
        words = request.POST.get("words", "")
        rung = int(number) if number.isdecimal() else 0
        actions.climb(by=request.member, workshop=room.workshop, number=rung, words=words)
        return _("Your answer stands on the ladder, without your name.")

    return attempt(request, room, act, place="rung", anchor="#ladder")


@require_POST
@in_workshop
def answer(request: MemberRequest, room: Room, place: int) -> HttpResponse:
    """Say how a proposal speaks to one's side."""
    side_said, _mark, warmth = request.POST.get("says", "").partition(":")
    side, said = _chosen(Side, side_said, ""), _chosen(Warmth, warmth, "")

    def act() -> str:
        why = request.POST.get(f"why-{place}-{side}", "")
        deciding.answer_proposal(
            by=request.member, workshop=room.workshop, place=place, side=side, warmth=said, why=why
        )
        return _("Your answer is kept, without your name.")

    return attempt(request, room, act, place=f"why-{place}-{side}", anchor=f"#proposal-{place}")


def _chosen[Choice: (Part, Side, Warmth)](kind: type[Choice], value: str, reason: str) -> Choice:
    """Return the choice with this value; refuse what no page of ours sends."""
    if value not in kind.values:
        if reason:
            raise Invalid(reason)
        raise NotFound("")
    return kind(value)
