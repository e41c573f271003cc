"""Who may find, read, join and write in a space."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.members.policy import can_look_after
from hearth.spaces.enums import Access
from hearth.spaces.models import Space, SpaceMember


def visible_spaces(member: Member | None, community: Community) -> QuerySet[Space]:
    """Return the spaces that this reader may know of: open and closed ones, and the hidden ones the reader is in."""
    if member is None:
        return readable_spaces(None, community)
    return visible_spaces_of(member.pk)


def visible_spaces_of(member_id: int) -> QuerySet[Space]:
    """Return the spaces that the active member with this key may know of."""
    known = Q(access__in=[Access.OPEN, Access.CLOSED])
    return Space.objects.filter(known | Q(pk__in=_joined(member_id)))


def readable_spaces(member: Member | None, community: Community) -> QuerySet[Space]:
    """Return the spaces whose conversations this reader may read.

    A member reads the open ones and those joined. A visitor reads the open ones where the community lets visitors in.
    """
    if member is not None:
        return readable_spaces_of(member.pk)
    return open_spaces() if community.open_to_visitors else Space.objects.none()


def readable_spaces_of(member_id: int) -> QuerySet[Space]:
    """Return the spaces whose conversations the active member with this key may read."""
    return Space.objects.filter(Q(access=Access.OPEN) | Q(pk__in=_joined(member_id)))


def open_spaces() -> QuerySet[Space]:
    """Return what a visitor may know of and read where the community lets visitors in."""
    return Space.objects.filter(access=Access.OPEN)


def _joined(member_id: int) -> QuerySet[SpaceMember, int]:
    return SpaceMember.objects.filter(member_id=member_id).values_list("space_id", flat=True)


def reads(member: Member | None, space: Space, community: Community) -> bool:
    """Say whether the space is among `readable_spaces`: the same rule for one space, without a query where it is open."""
    if space.access == Access.OPEN:
        return member is not None or community.open_to_visitors
    return is_in(member, space)


def can_open(member: Member) -> Verdict:
    """Say whether the member may open a space: stewards (`members.policy.can_look_after`)."""
    return can_look_after(member)


def can_read(member: Member | None, space: Space) -> Verdict:
    """Say whether the reader may read in a space that is visible to the reader."""
    if space.access == Access.OPEN or is_in(member, space):
        return YES
    return no(_("This space is for its members. Ask one of its hosts to let you in."))


def can_join(member: Member | None, space: Space) -> Verdict:
    """Say whether the member may come in alone: open spaces only (asking and inviting come with part 4)."""
    if member is None:
        return no(_("Sign in first."))
    if space.access == Access.OPEN and member.standing == Standing.ACTIVE:
        return YES
    return no(_("This space is for its members. Ask one of its hosts to let you in."))


def can_choose_goal(member: Member | None, space: Space) -> Verdict:
    """Say whether the member may say which goal the space serves: stewards, and the hosts of the space."""
    if member is not None and member.standing == Standing.ACTIVE:
        if member.is_steward:
            return YES
        if SpaceMember.objects.filter(space=space, member=member, is_host=True).exists():
            return YES
    return no(_("A steward or a host of this space does that. Ask one of them."))


def can_write(member: Member | None, space: Space) -> Verdict:
    """Say whether the member may start and answer conversations here: whoever is an active member and may read."""
    if member is None:
        return no(_("Sign in to answer."))
    if member.standing != Standing.ACTIVE:
        return no(_("This space is for its members. Ask one of its hosts to let you in."))
    return can_read(member, space)


def is_in(member: Member | None, space: Space) -> bool:
    """Say whether the member has joined the space (one query)."""
    return member is not None and SpaceMember.objects.filter(space=space, member=member).exists()
