"""Who may adopt a statement and look after it."""

from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member


def can_adopt(member: Member | None) -> Verdict:
    """Say whether the member may adopt a purpose for the community, or say that it still holds: stewards only."""
    if member is not None and member.is_steward and member.standing == Standing.ACTIVE:
        return YES
    return no(_("A steward of this community does that. Ask one of them."))
