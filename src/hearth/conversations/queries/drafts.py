"""What a member was writing."""

from hearth.conversations.models import Draft
from hearth.members.models import Member


def draft_at(member: Member, place: str) -> Draft | None:
    """Return the member's draft at this place, from whichever device, or None."""
    return Draft.objects.filter(member=member, place=place).first()
