"""Entrances: come into a space and leave it; say which goal it serves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearth.core.clock import now
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose.queries.goals import goal_by_id, goals_for_reader
from hearth.spaces import actions, policy, queries


@require_POST
@members_only
def join(request: MemberRequest, space: str) -> HttpResponse:
    """Come into an open space; its new conversations come along."""
    room = queries.space_by_slug(request.member, request.community, space)
    actions.join(by=request.member, space=room, now=now())
    messages.success(request, _("You are in. New conversations come to you by e-mail."))
    return redirect("space", space=room.slug)


@require_POST
@members_only
def leave(request: MemberRequest, space: str) -> HttpResponse:
    """Leave a space."""
    room = queries.space_by_slug(request.member, request.community, space)
    actions.leave(by=request.member, space=room, now=now())
    messages.success(request, _("You have left %(space)s.") % {"space": room.name})
    return redirect("talk")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def goal(request: MemberRequest, space: str) -> HttpResponse:
    """Choose which goal of the community the space serves, or none."""
    room = queries.space_by_slug(request.member, request.community, space)
    policy.can_choose_goal(request.member, room).require()
    if request.method != "POST":
        shown = {"space": room, "goals": goals_for_reader(request.community)}
        return render(request, "spaces/goal.html", shown)
    chosen = goal_by_id(request.POST.get("goal", ""))
    actions.set_goal(by=request.member, space=room, goal=chosen, now=now())
    said = _("Now everybody sees which goal it serves.") if chosen else _("It serves no goal now.")
    messages.success(request, said)
    return redirect("space", space=room.slug)
