"""Reads of spaces for pages."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hearth.communities.models import Community
from hearth.core.errors import NotFound
from hearth.core.prepared import Prepared, columns_of, instance_of
from hearth.members.models import Member
from hearth.spaces import policy
from hearth.spaces.models import Space, SpaceMember


def spaces_for(member: Member | None, community: Community) -> list[Space]:
    """Return the visible spaces in the stewards' order, each with `joined`: whether this member is in (one query)."""
    if member is not None:
        return [_space(row) for row in _ROOMS.rows(member=member.pk)]
    return [_space((*row, False)) for row in _OPEN_ROOMS.rows()] if community.open_to_visitors else []


def space_by_slug(member: Member | None, community: Community, slug: str) -> Space:
    """Return a visible space with `joined`; raise NotFound where it is absent or the reader may not know of it."""
    if member is not None:
        found = [_space(row) for row in _ROOM.rows(member=member.pk, slug=slug)]
    else:
        found = [room for room in spaces_for(None, community) if room.slug == slug]
    if not found:
        raise NotFound("")
    found[0].community = community
    return found[0]


def _space(row: tuple[Any, ...]) -> Space:
    space = instance_of(Space, row[:-1])
    space.joined = row[-1]  # type: ignore[attr-defined]  # read by pages
    return space


def _rooms(member: int) -> QuerySet[Space, Any]:
    mine = SpaceMember.objects.filter(space=OuterRef("pk"), member_id=member)
    rows = policy.visible_spaces_of(member).annotate(joined=Exists(mine)).order_by("position", "pk")
    return rows.values_list(*columns_of(Space), "joined")


def _room(member: int, slug: str) -> QuerySet[Space, Any]:
    return _rooms(member).filter(slug=slug)


def _open_rooms() -> QuerySet[Space, Any]:
    return policy.open_spaces().order_by("position", "pk").values_list(*columns_of(Space))


def _readable(member: int) -> QuerySet[Space, Any]:
    return policy.readable_spaces_of(member).order_by("pk").values_list("pk")


_OPEN_ROOMS = Prepared(_open_rooms)
_READABLE = Prepared(_readable, "member")
_ROOMS = Prepared(_rooms, "member")
_ROOM = Prepared(_room, "member", texts=["slug"])


def audiences(member: Member | None, community: Community) -> list[str]:
    """Return the search audiences of the spaces that this reader may read."""
    if member is not None:
        return [f"space:{pk}" for (pk,) in _READABLE.rows(member=member.pk)]
    return [f"space:{space.pk}" for space in spaces_for(None, community)]


def hosted_by(member: Member | None) -> set[int]:
    """Return the keys of the spaces that this member looks after (one query; none for a visitor)."""
    if member is None:
        return set()
    rows = SpaceMember.objects.filter(member=member, is_host=True)
    return set(rows.values_list("space_id", flat=True))


def hosts(space: Space) -> QuerySet[SpaceMember]:
    """Return who looks after the space, by name."""
    return (
        SpaceMember.objects.filter(space=space, is_host=True)
        .select_related("member")
        .order_by("member__name")
    )
