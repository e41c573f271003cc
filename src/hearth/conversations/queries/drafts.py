"""What a member was writing."""

from typing import Any

from django.db.models import QuerySet

from hearth.conversations.models import Draft
from hearth.core.prepared import Prepared, columns_of, instance_of
from hearth.members.models import Member


def draft_at(member: Member, place: str) -> Draft | None:
    """Return the member's draft at this place, from whichever device, or None."""
    rows = _DRAFT.rows(member=member.pk, place=place)
    return instance_of(Draft, rows[0]) if rows else None


def _at(member: int, place: str) -> QuerySet[Draft, Any]:
    return Draft.objects.filter(member_id=member, place=place).values_list(*columns_of(Draft))


_DRAFT = Prepared(_at, "member", texts=["place"])
