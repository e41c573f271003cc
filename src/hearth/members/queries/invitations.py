"""Reads of invitations."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.accounts.addresses import folded
from hearth.accounts.queries import accounts_at
from hearth.core.errors import NotFound
from hearth.members.enums import InvitationState, Standing
from hearth.members.models import Invitation, Member
from hearth.members.tokens import read_invitation_token


def invitations() -> QuerySet[Invitation]:
    """Return the invitations that went out, the newest first, with who invited and who came."""
    sent = Invitation.objects.exclude(state=InvitationState.PREPARED).select_related("by", "member")
    return sent.order_by("-sent_at", "-pk")


def prepared_by(member: Member) -> list[Invitation]:
    """Return what this member has written and not sent yet, in the order of writing."""
    rows = Invitation.objects.filter(by=member, state=InvitationState.PREPARED)
    return list(rows.select_related("by", "community").order_by("pk"))


def invitation_by_id(public_id: str) -> Invitation:
    """Return an invitation that went out; NotFound for any other."""
    found = invitations().filter(public_id=public_id).first()
    if found is None:
        raise NotFound("")
    return found


def invitation_by_token(token: str) -> Invitation:
    """Return the invitation that the link in a mail names; NotFound for a token that is not ours or of another community."""
    rows = Invitation.objects.exclude(state=InvitationState.PREPARED)
    found = rows.select_related("by", "community").filter(pk=read_invitation_token(token)).first()
    if found is None:
        raise NotFound("")
    return found


def open_invitation(pk: int) -> Invitation | None:
    """Return the invitation with this key while it waits for an answer."""
    rows = Invitation.objects.filter(pk=pk, state=InvitationState.OPEN)
    return rows.select_related("by", "community").first()


def members_at(email: str) -> list[Member]:
    """Return the active members of this community who sign in at this address, by name."""
    # Accounts are looked for first, so that people of other communities who use the address are never told of.
    keys = [account.pk for account in accounts_at(email)]
    return list(Member.objects.filter(account_id__in=keys, standing=Standing.ACTIVE).order_by("name", "pk"))


def open_to(email: str) -> Invitation | None:
    """Return the invitation at this folded address that waits for an answer, expired or not."""
    return Invitation.objects.filter(email=email, state=InvitationState.OPEN).select_related("by").first()


def refused_at(email: str) -> Invitation | None:
    """Return the newest invitation at this folded address if the answer was no; None if none was, or a later one came in."""
    answered = Invitation.objects.filter(email=email, answered_at__isnull=False).order_by(
        "-answered_at", "-pk"
    )
    newest = answered.first()
    return newest if newest is not None and newest.state == InvitationState.DECLINED else None


def doubt_about(*, name: str, email: str) -> str:
    """Return why it is worth asking once more before this guest is invited, as a sentence; empty where nothing is known.

    Tells of members of this community only, whom stewards know anyway: accounts of other communities stay unseen.
    """
    here = members_at(email)
    if here:
        return _("%(names)s signs in at this address already. Is %(guest)s another person?") % {
            "names": ", ".join(one.name for one in here),
            "guest": name,
        }
    if refused_at(folded(email)) is not None:
        return _("%(guest)s said no, thank you, some time ago. Invite again only if you were asked to.") % {
            "guest": name
        }
    return ""
