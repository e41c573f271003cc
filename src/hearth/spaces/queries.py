"""Reads of spaces for pages."""

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from hearth.communities.models import Community
from hearth.core.errors import NotFound
from hearth.members.models import Member
from hearth.spaces import policy
from hearth.spaces.models import Space, SpaceMember


def spaces_for(member: Member | None, community: Community) -> QuerySet[Space]:
    """Return the visible spaces in the stewards' order, each with `joined`: whether this member is in."""
    mine = SpaceMember.objects.filter(space=OuterRef("pk"), member=member)
    joined = Exists(mine) if member else Value(False, output_field=BooleanField())
    return policy.visible_spaces(member, community).annotate(joined=joined).order_by("position", "pk")


def space_by_slug(member: Member | None, community: Community, slug: str) -> Space:
    """Return a visible space with `joined`; raise NotFound where it is absent or the reader may not know of it."""
    space = spaces_for(member, community).filter(slug=slug).first()
    if space is None:
        raise NotFound("")
    return space


def audiences(member: Member | None, community: Community) -> list[str]:
    """Return the search audiences of the spaces that this reader may read."""
    keys = policy.readable_spaces(member, community).order_by("pk").values_list("pk", flat=True)
    return [f"space:{pk}" for pk in keys]


def hosts(space: Space) -> QuerySet[SpaceMember]:
    """Return who looks after the space, by name."""
    return (
        SpaceMember.objects.filter(space=space, is_host=True)
        .select_related("member")
        .order_by("member__name")
    )
