"""Entrances: what has been read, and what one wants to hear of."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hearth.conversations import actions, queries
from hearth.conversations.queries.topics import topic_in
from hearth.conversations.tokens import read_stop_token
from hearth.core.clock import now
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest


@require_POST
@members_only
def follow(request: MemberRequest, space: str, topic: str) -> HttpResponse:
    """Follow a conversation, or stop."""
    found = topic_in(request.member, request.community, space, topic)
    found.wants = request.POST.get("wants") == "yes"  # type: ignore[attr-defined]  # read by the page
    change = actions.follow if found.wants else actions.stop_following  # type: ignore[attr-defined]
    change(by=request.member, topic=found, now=now())
    if request.headers.get("HX-Request"):
        return render(request, "conversations/topic.html#follow", {"topic": found})
    said = _("New answers come to you by e-mail."), _("You get no more e-mail from this conversation.")
    messages.success(request, said[0] if found.wants else said[1])  # type: ignore[attr-defined]
    return redirect("topic", space=found.space.slug, topic=found.public_id)


@require_POST
@members_only
def read(request: MemberRequest, space: str, topic: str) -> HttpResponse:
    """Remember how far was read; a person who pressed the button goes on to the next new conversation."""
    found = topic_in(request.member, request.community, space, topic)
    number = request.POST.get("number", "")[:9]
    actions.mark_read(
        by=request.member, topic=found, number=int(number) if number.isdecimal() else 0, now=now()
    )
    if request.headers.get("X-Quiet"):
        return HttpResponse(status=204)
    following = queries.new_for(request.member, request.community, most=1)
    if not following:
        return redirect("today")
    return redirect("topic", space=following[0].space_slug, topic=following[0].public_id)


@csrf_exempt  # a mail program presses this button (RFC 8058); the token in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of one conversation from the link in a mail: a page with one button, since scanners open links."""
    if request.method != "POST":
        read_stop_token(token)
        return render(request, "conversations/stop.html", {"done": False})
    topic = actions.follow_nothing_by_link(token=token, now=now())
    return render(request, "conversations/stop.html", {"done": True, "topic": topic})
