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
    if member is None:
        return _with_joined(policy.visible_spaces(None, community).order_by("position", "pk"))
    return [_space(row) for row in _ROOMS.rows(member=member.pk)]


def space_by_slug(member: Member | None, community: Community, slug: str) -> Space:
    """Return a visible space with `joined`; raise NotFound where it is absent or the reader may not know of it."""
    if member is None:
        found = _with_joined(policy.visible_spaces(None, community).filter(slug=slug))
    else:
        found = [_space(row) for row in _ROOM.rows(member=member.pk, slug=slug)]
    if not found:
        raise NotFound("")
    found[0].community = community
    return found[0]


def _with_joined(rows: QuerySet[Space]) -> list[Space]:
    found = list(rows)
    for space in found:
        space.joined = False  # type: ignore[attr-defined]  # a visitor is in no space
    return found


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


_ROOMS = Prepared(_rooms, "member")
_ROOM = Prepared(_room, "member", texts=["slug"])


def audiences(member: Member | None, community: Community) -> list[str]:
    """Return the search audiences of the spaces that this reader may read."""
    keys = policy.readable_spaces(member, community).order_by("pk").values_list("pk", flat=True)
    return [f"space:{pk}" for pk in keys]


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
