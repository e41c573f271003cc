"""Interviews: one's own, and those in which one helps."""

from hearth.core.errors import NotFound
from hearth.members.models import Member
from hearth.members.queries import people
from hearth.purpose import policy
from hearth.purpose.enums import Ending
from hearth.purpose.models import Interview, Rung


def interview_of(member: Member) -> Interview | None:
    """Return the interview that this member leads and that is still going on, with its helper; None where there is none."""
    rows = Interview.objects.filter(led_by=member, ending=Ending.OPEN)
    return rows.select_related("led_by", "helper", "typed_by").first()


def lent_to(member: Member) -> list[Interview]:
    """Return the interviews that go on and in which this member helps, the last changed first (one query)."""
    rows = Interview.objects.filter(helper=member, ending=Ending.OPEN).select_related("led_by")
    return list(rows.order_by("-changed_at", "pk"))


def interview_by_id(member: Member, public_id: str) -> Interview:
    """Return an interview that goes on and in which this member may write; NotFound otherwise (one query)."""
    rows = policy.visible_interviews(member).filter(public_id=public_id, ending=Ending.OPEN)
    found = rows.select_related("led_by", "helper", "typed_by").first()
    if found is None:
        raise NotFound("")
    return found


def own_by_id(member: Member, public_id: str) -> Interview:
    """Return an interview that this member leads or led; NotFound otherwise."""
    found = Interview.objects.filter(led_by=member, public_id=public_id).first()
    if found is None:
        raise NotFound("")
    return found


def set_aside_by(member: Member) -> list[Interview]:
    """Return the last three interviews that this member set aside, the newest first (one query)."""
    rows = Interview.objects.filter(led_by=member, ending=Ending.SET_ASIDE)
    return list(rows.order_by("-changed_at", "-pk")[:3])


def people_like(member: Member, name: str) -> list[Member]:
    """Return up to ten other active members in whose name this stands, by name; none for an empty name (one query)."""
    wanted = " ".join(name.replace("\0", "").split())
    if not wanted:
        return []
    rows = people().filter(name__icontains=wanted).exclude(pk=member.pk)
    return list(rows[:10])


def rungs_of(interview: Interview) -> list[Rung]:
    """Return the rungs of the why ladder in their order (one query)."""
    return list(Rung.objects.filter(interview=interview).order_by("position"))
