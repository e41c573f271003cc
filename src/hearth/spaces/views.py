"""Entrances: come into a space and leave it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearth.core.clock import now
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.spaces import actions, queries


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
