"""Answer an invitation: come in, or say no."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.core.errors import Conflict
from hearth.happenings import actions as happenings
from hearth.members.actions.profiles import Profile, welcome
from hearth.members.enums import InvitationState, Role, Standing
from hearth.members.models import Invitation, Member


def accept_invitation(
    *,
    invitation: Invitation,
    account: Account | None,
    name: str,
    language: str,
    takes_roles: bool = True,
    now: datetime,
) -> Member:
    """Make the guest a member, with the roles that were asked unless they say no to those; return the member.

    Without an account one is made at the invitation's address, which the mailed link has proven. Somebody who left before
    comes back, with no role of then; who is a member already stays as they are, and takes no role by this. Refuses an empty
    name (Invalid) and an invitation that is not open any more (Conflict). Records `invitation_accepted`.
    """
    language = language if language in dict(settings.LANGUAGES) else invitation.language
    with transaction.atomic():
        _claim(invitation, InvitationState.ACCEPTED, now)
        account = account or make_account(name=name, email=invitation.email, language=language, now=now)
        profile = Profile(name=name, languages=(language,))
        member = _join(invitation, account, profile, invitation.asked_roles if takes_roles else [], now)
        Invitation.objects.filter(pk=invitation.pk).update(member=member)
        _record("invitation_accepted", invitation, member.pk, now)
    member.account = account
    return member


def decline_invitation(*, invitation: Invitation, now: datetime) -> None:
    """End an invitation with a no, which is remembered for this address. A second no changes nothing.

    Refuses (Conflict) one that was accepted or taken back. Records `invitation_declined`.
    """
    if invitation.state == InvitationState.DECLINED:
        return
    with transaction.atomic():
        _claim(invitation, InvitationState.DECLINED, now)
        _record("invitation_declined", invitation, None, now)


def _claim(invitation: Invitation, state: InvitationState, now: datetime) -> None:
    # Two taps at one moment: the UPDATE that touches the row wins, the other one finds it answered.
    still_open = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN)
    if not (invitation.is_open(now) and still_open.update(state=state, answered_at=now)):
        raise Conflict(_("This invitation does not wait for an answer any more."))


def _join(
    invitation: Invitation, account: Account, profile: Profile, roles: list[Role], now: datetime
) -> Member:
    known = Member.objects.filter(account=account).first()
    if known is None:
        return _welcome(invitation, account, profile, roles, now)
    if known.standing == Standing.ACTIVE:
        return known
    columns = {f"is_{role.value}": role in roles for role in Role}
    Member.objects.filter(pk=known.pk).update(standing=Standing.ACTIVE, joined_at=now, **columns)
    _record("member_joined", invitation, known.pk, now)
    known.refresh_from_db()
    return known


def _welcome(
    invitation: Invitation, account: Account, profile: Profile, roles: list[Role], now: datetime
) -> Member:
    try:
        with transaction.atomic():
            return welcome(
                community=invitation.community,
                account=account,
                profile=profile,
                roles=tuple(roles),
                joined_at=now,
                now=now,
            )
    except IntegrityError as error:
        raise Conflict(_("You came in a moment ago. Load the page again.")) from error


def _record(kind: str, invitation: Invitation, by: int | None, now: datetime) -> None:
    is_join = kind == "member_joined"
    happenings.record(
        kind,
        community=invitation.community,
        by=by,
        subject_kind="member" if is_join else "invitation",
        subject_id=by if is_join else invitation.pk,
        now=now,
    )
