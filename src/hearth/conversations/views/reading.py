"""Entrances: find and read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearth.conversations import policy, queries
from hearth.conversations.forms import AnswerForm
from hearth.conversations.models import Topic
from hearth.conversations.queries.drafts import draft_at
from hearth.conversations.queries.topics import topic_in
from hearth.core.http import page_number
from hearth.core.once import new_token
from hearth.members.doors import members_only, readers_only
from hearth.members.requests import MemberRequest, PageRequest
from hearth.purpose.queries.goals import ShownGoal, goals_for_reader
from hearth.spaces import policy as spaces
from hearth.spaces import queries as space_queries
from hearth.spaces.enums import Access
from hearth.spaces.models import Space


@require_safe
@readers_only
def talk(request: PageRequest) -> HttpResponse:
    """Show the spaces, and the newest conversations of all of them."""
    rooms = space_queries.spaces_for(request.member, request.community)
    open_to_me = [room for room in rooms if room.joined or room.access == Access.OPEN]  # type: ignore[attr-defined]  # annotated
    found = queries.latest(open_to_me, member=request.member, page=page_number(request))
    serve_goals = any(room.goal_id for room in rooms)
    goals = {goal.pk: goal for goal in goals_for_reader(request.community)} if serve_goals else {}
    return render(request, "conversations/talk.html", {"spaces": rooms, "found": found, "goals": goals})


@require_safe
@readers_only
def space(request: PageRequest, space: str) -> HttpResponse:
    """Show one space and its conversations; to somebody outside a closed space, what it is and whom to ask."""
    room = space_queries.space_by_slug(request.member, request.community, space)
    may_read = room.joined or spaces.can_read(request.member, room)  # type: ignore[attr-defined]  # annotated
    if not may_read:
        return render(
            request, "conversations/closed.html", {"space": room, "hosts": space_queries.hosts(room)}
        )
    shown = {
        "space": room,
        "found": queries.topics_in(room, member=request.member, page=page_number(request)),
        "goal": _goal(request, room),
        "may_choose_goal": _may_choose_goal(request, room),
    }
    return render(request, "conversations/space.html", shown)


def _may_choose_goal(request: PageRequest, room: Space) -> bool:
    # Who is not in the space is no host of it: that spares most readers a query.
    is_in = room.joined or (request.member is not None and request.member.is_steward)  # type: ignore[attr-defined]  # annotated
    return is_in and bool(spaces.can_choose_goal(request.member, room))


def _goal(request: PageRequest, room: Space) -> ShownGoal | None:
    goals = goals_for_reader(request.community) if room.goal_id else []
    return next((goal for goal in goals if goal.pk == room.goal_id), None)


@require_safe
@readers_only
def topic(request: PageRequest, space: str, topic: str) -> HttpResponse:
    """Show one page of a conversation, with the place to answer below."""
    found = topic_in(request.member, request.community, space, topic)
    return topic_answer(request, found)


def topic_answer(request: PageRequest, topic: Topic, *, form: AnswerForm | None = None) -> HttpResponse:
    """Return the page of a conversation; with a form that could not be taken, its last page and the form's errors."""
    if form is not None:
        page = queries.page_of_number(topic.post_count)
        shown = {"topic": topic, "found": queries.topic_page(topic, page=page), "form": form}
        return render(request, "conversations/topic.html", shown, status=422)
    shown = {"topic": topic, "found": queries.topic_page(topic, page=page_number(request))}
    if request.member is not None:
        # The empty form looks the same on every page, so it is made only when its mould is drawn.
        draft = draft_at(request.member, f"topic:{topic.pk}")
        shown |= {"draft": draft, "token": new_token(), "blank": AnswerForm}
    return render(request, "conversations/topic.html", shown)


@require_safe
@members_only
def versions(request: MemberRequest, post: str) -> HttpResponse:
    """Show what a post said before it was changed."""
    found = queries.post_by_id(request.member, request.community, post)
    policy.can_see_versions(request.member, found).require()
    return render(
        request, "conversations/versions.html", {"post": found, "versions": queries.versions_of(found)}
    )
