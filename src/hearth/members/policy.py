"""Who may see and change what of a member."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import InvitationState, Standing
from hearth.members.models import Invitation, Member

# For this long a community's founder, as long as nobody else has come in, may put the second step off (issue 3, first run).
ALONE = timedelta(hours=24)
# Nobody is asked more often than this (inclusion.md: no pressing).
ASKED_AGAIN_AFTER = timedelta(days=3)


def visible_people(member: Member | None) -> QuerySet[Member]:
    """Return the people whom this reader may see: active members see each other and the guests of old archives."""
    if member is None:
        return Member.objects.none()
    return Member.objects.exclude(standing=Standing.LEFT)


def can_change_profile(member: Member | None, whose: Member) -> Verdict:
    """Say whether the member may change this profile: one's own only."""
    if member is not None and member.pk == whose.pk:
        return YES
    return no(_("Only this person can change that."))


def can_look_after(member: Member | None) -> Verdict:
    """Say whether the member may change what the community is and has: its stewards."""
    if member is not None and member.is_steward and member.standing == Standing.ACTIVE:
        return YES
    return no(_("Only a steward can do that. Ask one of them."))


def can_invite(member: Member | None) -> Verdict:
    """Say whether the member may invite people, and see who was invited: stewards."""
    return can_look_after(member)


def can_send_again(member: Member | None, invitation: Invitation, now: datetime) -> Verdict:
    """Say whether the mail may go out once more: while nobody has answered, at most once in 3 days."""
    allowed = can_invite(member)
    if not allowed:
        return allowed
    if invitation.state != InvitationState.OPEN or invitation.sent_at is None:
        return no(_("This invitation has been answered or taken back. Write a new one."))
    if now - invitation.sent_at < ASKED_AGAIN_AFTER:
        return no(_("It went out less than 3 days ago. Give the person a little time."))
    return YES


def can_take_back(member: Member | None, invitation: Invitation) -> Verdict:
    """Say whether the invitation may be taken back: while nobody has answered."""
    allowed = can_invite(member)
    if not allowed:
        return allowed
    if invitation.state != InvitationState.OPEN:
        return no(_("This invitation has been answered or taken back already."))
    return YES
