"""Interviews: one's own, and those in which one helps."""

from hearth.members.models import Member
from hearth.purpose.enums import Ending
from hearth.purpose.models import Interview


def interview_of(member: Member) -> Interview | None:
    """Return the interview that this member leads and that is still going on, with its helper; None where there is none."""
    rows = Interview.objects.filter(led_by=member, ending=Ending.OPEN)
    return rows.select_related("led_by", "helper", "typed_by").first()
