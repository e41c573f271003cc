"""Whose an interview is: it is read by who leads it and by the one person to whom it is lent, by nobody else."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.models import Member
from hearth.purpose.models import Interview
from hearth.purpose.policy.statements import can_adopt


def visible_interviews(member: Member | None) -> QuerySet[Interview]:
    """Return the interviews that this member leads, or in which this member helps."""
    if member is None:
        return Interview.objects.none()
    return Interview.objects.filter(Q(led_by=member) | Q(helper=member))


def can_lead(member: Member | None) -> Verdict:
    """Say whether the member may lead an interview: those who can adopt what is found."""
    return can_adopt(member)


def can_write(member: Member | None, interview: Interview) -> Verdict:
    """Say whether the member may write in an interview: who leads it, and the one to whom it is lent."""
    if member is not None and member.pk in {interview.led_by_id, interview.helper_id}:
        return YES
    return no(_("This interview is somebody else's."))


def can_lend(member: Member | None, interview: Interview) -> Verdict:
    """Say whether the member may lend this interview, take it back and set it aside: who leads it."""
    if member is not None and member.pk == interview.led_by_id:
        return YES
    return no(_("Only who leads this interview can do that."))
