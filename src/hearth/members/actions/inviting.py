"""Ask people by name to come in: write it, look at it, send it, send it again, take it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.accounts.addresses import folded
from hearth.communities.models import Community
from hearth.core import rates
from hearth.core.errors import Conflict, Invalid, NotAllowed
from hearth.core.text import is_blank, strip_controls
from hearth.happenings import actions as happenings
from hearth.members import mails, policy, queries
from hearth.members.enums import InvitationState, Role
from hearth.members.guests import MOST_GUESTS, Guest, is_address
from hearth.members.models import INVITATION_LASTS, Invitation, Member

MOST_WORDS = 2000
MOST_A_DAY = 100
MOST_AN_ADDRESS = 3
PREPARED_KEPT = timedelta(days=30)
SENT_KEPT = timedelta(days=365)


def invite(
    *,
    by: Member,
    community: Community,
    guests: Sequence[Guest],
    words: str,
    roles: Sequence[Role] = (),
    now: datetime,
) -> list[Invitation]:
    """Prepare invitations and send them; see `prepare_invitations` and `send_invitations` for what each refuses.

    Call it once the inviter has seen the mails (`queries.invitation_mail` of what was prepared), never before.
    """
    prepared = prepare_invitations(
        by=by, community=community, guests=guests, words=words, roles=roles, now=now
    )
    return send_invitations(by=by, invitations=prepared, now=now)


def prepare_invitations(
    *,
    by: Member,
    community: Community,
    guests: Sequence[Guest],
    words: str,
    words_language: str = "",
    roles: Sequence[Role] = (),
    now: datetime,
) -> list[Invitation]:
    """Write invitations down in place of those that this member had prepared before; nothing goes out.

    Empty words mean our ready ones, in each guest's language. Refuses anyone but stewards (NotAllowed); no guest or more
    than 10, a guest without name or address, one address twice, one that is a member's or that said no (unless the guest
    `is_sure`), and words that are too long (Invalid); an address whose invitation still waits (Conflict).
    """
    policy.can_invite(by).require()
    words = strip_controls(words).strip()
    if len(words) > MOST_WORDS:
        raise Invalid(_("Make your words shorter: at most %(most)d letters.") % {"most": MOST_WORDS})
    _check_number(guests)
    alike = {
        "by": by,
        "community": community,
        "words": words,
        "words_language": words_language if words else "",
        "roles": [role.value for role in Role if role in roles],
        "reading": mails.something_to_read(by, community),
        "made_at": now,
    }
    rows = [Invitation(**alike, **_columns(guest, community, now)) for guest in guests]
    if len({row.email for row in rows}) < len(rows):
        raise Invalid(_("One address stands here twice. Invite the second person a little later."))
    with transaction.atomic():
        Invitation.objects.filter(by=by, state=InvitationState.PREPARED).delete()
        for row in rows:
            row.save(force_insert=True)
    return rows


def send_invitations(*, by: Member, invitations: Sequence[Invitation], now: datetime) -> list[Invitation]:
    """Let prepared invitations go out: one mail each, written by what follows on `invitation_sent`. Return those sent.

    One that was sent meanwhile (a second tap) is left alone. Refuses anyone but who prepared them (NotAllowed), an address
    that somebody else has invited meanwhile (Conflict), and too many in a day (TooMany); then none of them goes out.
    """
    policy.can_invite(by).require()
    with transaction.atomic():
        return [row for row in invitations if _send(by, row, now)]


def send_again(*, by: Member, invitation: Invitation, now: datetime) -> None:
    """Send the mail once more, with the same link; it lasts 60 days anew. Refuses (NotAllowed) more than once in 3 days."""
    policy.can_send_again(by, invitation, now).require()
    _count(by, invitation, now)
    with transaction.atomic():
        # Of two taps at one moment, or a tap beside an answer, one finds the row as it was.
        same = Invitation.objects.filter(
            pk=invitation.pk, state=InvitationState.OPEN, sent_at=invitation.sent_at
        )
        if same.update(sent_at=now, times_sent=F("times_sent") + 1):
            _record("invitation_sent", by, invitation, now)


def take_back(*, by: Member, invitation: Invitation, now: datetime) -> None:
    """Let the link of an invitation open nothing any more. Refuses (NotAllowed) one that was answered."""
    policy.can_take_back(by, invitation).require()
    with transaction.atomic():
        still_open = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN)
        if still_open.update(state=InvitationState.TAKEN_BACK, taken_back_at=now):
            _record("invitation_taken_back", by, invitation, now)


def forget_invitations(*, now: datetime) -> int:
    """Delete what was never sent (after 30 days), and addresses of people who did not come (after a year); return how many.

    A no is kept: without it the person would be asked again. Call it inside `across_communities`.
    """
    unsent = Q(state=InvitationState.PREPARED, made_at__lt=now - PREPARED_KEPT)
    silent = [InvitationState.OPEN, InvitationState.TAKEN_BACK]
    return Invitation.objects.filter(unsent | Q(state__in=silent, sent_at__lt=now - SENT_KEPT)).delete()[0]


def _check_number(guests: Sequence[Guest]) -> None:
    if not guests:
        raise Invalid(_("Write at least one name with an e-mail address."))
    if len(guests) > MOST_GUESTS:
        raise Invalid(
            ngettext(
                "At most %(most)d person can be invited at once. Invite the others after that.",
                "At most %(most)d people can be invited at once. Invite the others after that.",
                MOST_GUESTS,
            )
            % {"most": MOST_GUESTS}
        )


def _columns(guest: Guest, community: Community, now: datetime) -> dict[str, object]:
    name, email = " ".join(strip_controls(guest.name).split()), folded(strip_controls(guest.email))
    if is_blank(name) or len(name) > 120:
        raise Invalid(_("Write the name of everybody whom you invite, with at most 120 letters."))
    if not is_address(email):
        raise Invalid(
            _("This is not a whole e-mail address: %(address)s") % {"address": guest.email.strip()[:80]}
        )
    doubt = queries.doubt_about(name=name, email=email)
    if doubt and not guest.is_sure:
        raise Invalid(doubt)
    waiting = queries.open_to(email)
    if waiting is not None and not waiting.is_over(now):
        raise Conflict(
            _("%(name)s has an invitation at this address already. Look at the list of invitations.")
            % {"name": waiting.name}
        )
    shipped = dict(settings.LANGUAGES)
    first = community.language if community.language in shipped else settings.LANGUAGE_CODE
    return {
        "name": name,
        "email": email,
        "language": guest.language if guest.language in shipped else first,
        "is_another_person": bool(queries.members_at(email)),
    }


def _send(by: Member, invitation: Invitation, now: datetime) -> bool:
    if invitation.by_id != by.pk:
        raise NotAllowed(_("Somebody else wrote this invitation."))
    _count(by, invitation, now)
    # An earlier one that nobody answered within its time makes room.
    over = Invitation.objects.filter(
        email=invitation.email, state=InvitationState.OPEN, sent_at__lt=now - INVITATION_LASTS
    )
    over.update(state=InvitationState.TAKEN_BACK, taken_back_at=now)
    mine = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.PREPARED)
    try:
        with transaction.atomic():
            went = mine.update(state=InvitationState.OPEN, sent_at=now, times_sent=1)
    except IntegrityError as error:
        raise Conflict(
            _("Somebody else has invited %(name)s in this moment.") % {"name": invitation.name}
        ) from error
    if went:
        invitation.state, invitation.sent_at, invitation.times_sent = InvitationState.OPEN, now, 1
        _record("invitation_sent", by, invitation, now)
    return bool(went)


def _count(by: Member, invitation: Invitation, now: datetime) -> None:
    day = timedelta(days=1)
    rates.spend(key=f"invite:{by.pk}", most=MOST_A_DAY, per=day, now=now)
    # Whoever sends it, from whichever community: nobody's mailbox is filled with invitations.
    rates.spend(key=f"invited:{invitation.email}", most=MOST_AN_ADDRESS, per=day, now=now)


def _record(kind: str, by: Member, invitation: Invitation, now: datetime) -> None:
    happenings.record(
        kind,
        community=invitation.community,
        by=by.pk,
        subject_kind="invitation",
        subject_id=invitation.pk,
        now=now,
    )
