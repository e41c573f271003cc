"""Entrances: the workshops, one of them, its living part, and the timetable to print."""

from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from hearth.core import live
from hearth.core.clock import now
from hearth.core.errors import Conflict
from hearth.core.http import posted
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose.actions import workshop_leading as actions
from hearth.purpose.enums import Meeting
from hearth.purpose.models import Workshop
from hearth.purpose.paper.face import Face
from hearth.purpose.paper.timetable import timetable as typeset
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries import workshops as queries
from hearth.purpose.queries.workshops import Room
from hearth.purpose.views.workshop_room import Fields, all_parts, in_workshop, workshop_page
from hearth.purpose.workshop_forms import StartForm, TimetableForm


@require_safe
@members_only
def workshops(request: MemberRequest) -> HttpResponse:
    """Show the workshops that this member may know of, and how to start one."""
    shown = {
        "found": queries.workshops_for(request.member),
        "going_on": queries.open_workshop(request.community),
        "may_start": policy.can_start_workshop(request.member),
    }
    return render(request, "purpose/workshop/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def workshop_new(request: MemberRequest) -> HttpResponse:
    """Start a workshop: how people meet, and in which language they write."""
    policy.can_start_workshop(request.member).require()
    form = StartForm(
        posted(request),
        languages=request.community.languages,
        initial={"language": request.community.language},
    )
    if form.is_valid():
        return redirect("workshop_invite", workshop=_begun(request, form).public_id)
    return render(request, "purpose/workshop/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _begun(request: MemberRequest, form: StartForm) -> Workshop:
    """Return the workshop that goes on, begun now where there was none: a second tap leads to the first one's."""
    meeting, language = Meeting(form.cleaned_data["meeting"]), form.cleaned_data["language"]
    try:
        return queries.open_workshop(request.community) or actions.start_workshop(
            by=request.member, community=request.community, meeting=meeting, language=language, now=now()
        )
    except Conflict:
        begun = queries.open_workshop(request.community)
        if begun is None:
            raise
        return begun


@require_safe
@in_workshop
def workshop(request: MemberRequest, room: Room) -> HttpResponse:
    """Show a workshop at the step where it is."""
    return workshop_page(request, room)


@require_safe
@in_workshop
def part(request: MemberRequest, room: Room) -> HttpResponse:
    """Show the living part of the page only."""
    return render(request, "purpose/workshop/part.html", all_parts(room) | {"fields": Fields(room)})


@require_safe
@in_workshop
def stream(request: MemberRequest, room: Room) -> HttpResponse:
    """Let the open page hear when something changed."""
    return live.stream(room.workshop.lead_key if room.leads else room.workshop.key)


@require_safe
@members_only
def timetable(request: MemberRequest) -> HttpResponse:
    """Offer the timetable of a meeting, and print it."""
    policy.can_start_workshop(request.member).require()
    form = TimetableForm(request.GET or None, initial={"language": get_language()})
    if not form.is_valid():
        return render(
            request, "purpose/workshop/timetable.html", {"form": form}, status=422 if form.is_bound else 200
        )
    return _printed(request, form.cleaned_data)


def _printed(request: MemberRequest, said: dict[str, Any]) -> HttpResponse:
    minutes: Literal[60, 90] = 60 if said["minutes"] == "60" else 90
    size: Literal["normal", "large"] = "large" if said["print_size"] == "large" else "normal"
    made = typeset(
        language=said["language"],
        face=_face(request),
        minutes=minutes,
        made=now(),
        starts=said["starts"],
        print_size=size,
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="workshop-{minutes}-{said["language"]}.pdf"'
    return answer


def _face(request: MemberRequest) -> Face:
    return Face(name=request.community.name, accent=request.community.accent)
