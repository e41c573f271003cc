"""Who may change what a community shows of itself."""

from typing import Protocol

from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.verdicts import YES, Verdict, no


class Keeper(Protocol):
    """A member, as far as this package, which lies below members, has to know one."""

    @property
    def pk(self) -> int:
        """The member's key."""

    @property
    def is_steward(self) -> bool:
        """Whether the member looks after the community."""

    @property
    def community_id(self) -> int:
        """Where the member is one."""


def can_change_face(by: Keeper | None, community: Community) -> Verdict:
    """Say whether the member may change name, mark, logo and colour: a steward of this community."""
    if by is not None and by.is_steward and by.community_id == community.pk:
        return YES
    return no(_("Only a steward can do that. Ask one of them."))
