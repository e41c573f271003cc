"""Pages that put several features side by side: the network's door, a community's door, Today."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearth.communities import links
from hearth.communities import queries as communities
from hearth.communities.models import Community
from hearth.config import desk
from hearth.conversations import queries as conversations
from hearth.files.policy import visible_requests
from hearth.members import queries as members
from hearth.members.models import Member
from hearth.members.requests import NetworkRequest, PageRequest
from hearth.purpose.paper.pieces import PosterWords
from hearth.purpose.queries.statements import wording_for_reader
from hearth.purpose.queries.workshops import workshop_to_join
from hearth.setup.policy import can_begin
from hearth.spaces import queries as spaces
from hearth.spaces.enums import Access
from hearth.spaces.models import Space

NEW_TOPICS = 5
NEW_PEOPLE = 3
MOST_ROOMS = 5


@require_safe
def network_front(request: NetworkRequest) -> HttpResponse:
    """Show the network: its communities, each with its purpose."""
    rooms = list(communities.communities())
    shown = {
        "network": communities.network(),
        "communities": rooms,
        "addresses": {room.pk: f"{links.base(room)}/" for room in rooms},
        "sample_door": settings.SAMPLE_DOOR,
        "may_begin": not rooms or can_begin(request.account).allowed,
    }
    return render(request, "config/network.html", shown)


@require_safe
def today(request: PageRequest) -> HttpResponse:
    """Show Today to a member; to a visitor the community's door, with its purpose and who greets here."""
    member = request.member
    if member is None:
        return _front(request)
    topics = conversations.new_for(member, request.community, most=NEW_TOPICS)
    shown = {
        "need": desk.first_need(request) if member.is_steward else None,
        "workshop": workshop_to_join(member),
        "pictures": visible_requests(member)[:1],
        "topics": topics,
        "rooms": [] if topics else _first_rooms(member, request.community),
        "newcomers": [one for one in members.newest_people(most=NEW_PEOPLE + 1) if one.pk != member.pk][
            :NEW_PEOPLE
        ],
    }
    return render(request, "config/today.html", shown)


def _first_rooms(member: Member, community: Community) -> list[Space]:
    """Return the open spaces for somebody who is in none yet: what was said before one came is no news (one query)."""
    rooms = spaces.spaces_for(member, community)
    if any(room.joined for room in rooms):  # type: ignore[attr-defined]  # set by the query
        return []
    return [room for room in rooms if room.access == Access.OPEN][:MOST_ROOMS]


def _front(request: PageRequest) -> HttpResponse:
    said = wording_for_reader(request.community)
    shown = {
        "greeters": list(members.greeters()[:4]),
        "lines": PosterWords(said.sentence, said.parts).lines() if said else (),
    }
    return render(request, "config/front.html", shown)
