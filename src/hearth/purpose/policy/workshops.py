"""Who may start, see, lead and take part in a workshop."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.purpose.enums import Side, Step
from hearth.purpose.models import Seat, Workshop


def visible_workshops(member: Member | None) -> QuerySet[Workshop]:
    """Return the workshops that this reader may know of: all for a steward, for others those to which they are invited."""
    if member is None:
        return Workshop.objects.none()
    if is_steward(member):
        return Workshop.objects.all()
    return Workshop.objects.filter(Exists(Seat.objects.filter(workshop=OuterRef("pk"), member=member)))


def is_steward(member: Member | None) -> bool:
    """Say whether this is an active steward."""
    return member is not None and member.is_steward and member.standing == Standing.ACTIVE


def can_start_workshop(member: Member | None) -> Verdict:
    """Say whether the member may start a workshop: stewards."""
    return YES if is_steward(member) else no(_("A steward of this community does that. Ask one of them."))


def can_lead(member: Member | None, workshop: Workshop) -> Verdict:
    """Say whether the member may move the workshop on: its facilitator, as long as it goes on."""
    if not workshop.is_open:
        return no(_("This workshop has ended."))
    if member is not None and workshop.facilitator_id == member.pk:
        return YES
    return no(_("Only the person who leads the workshop does that."))


def can_take_over(member: Member | None, workshop: Workshop) -> Verdict:
    """Say whether the member may take the lead now, or give it to somebody: any steward, while the workshop goes on."""
    if not workshop.is_open:
        return no(_("This workshop has ended."))
    return YES if is_steward(member) else no(_("A steward can take over. Ask one of them."))


def can_hand_over(member: Member | None, workshop: Workshop) -> Verdict:
    """Say whether the member may give the lead away: whoever leads, and any steward."""
    return can_lead(member, workshop) or can_take_over(member, workshop)


def can_take_part(seat: Seat | None, workshop: Workshop) -> Verdict:
    """Say whether the person of this seat may say something now: after the arrival, while the workshop goes on."""
    if not workshop.is_open:
        return no(_("This workshop has ended. What you typed is still in your browser: go back to copy it."))
    if seat is None or seat.arrived_at is None:
        return no(_("Say who you are first. Then you can take part."))
    return YES


def can_write(workshop: Workshop) -> Verdict:
    """Say whether answers to the three questions are taken: from the second step on, so that latecomers can catch up."""
    return YES if workshop.step != Step.ARRIVE else no(_("Writing begins soon. The facilitator moves on."))


def can_answer_for(seat: Seat, side: str) -> Verdict:
    """Say whether this person answers for this side, as said on arrival."""
    if seat.side in {side, Side.BOTH}:
        return YES
    return no(_("You said on arrival that you answer for the other side."))
