"""Entrance from happenings: mails about the account, and invitations."""

from hearth.accounts.queries import sign_in_words
from hearth.core.clock import now
from hearth.happenings.models import Happening
from hearth.members.queries import open_invitation
from hearth.notices.actions import tell_invitation, tell_sign_in


def send_sign_in_mail(happening: Happening) -> None:
    """Somebody asked to sign in: the mail with link and code goes out, unless the address is nobody's."""
    asked = sign_in_words(happening.subject_id) if happening.subject_id is not None else None
    if asked is not None:
        tell_sign_in(asked=asked, origin=f"sign-in:{happening.public_id}", now=now())


def send_invitation_mail(happening: Happening) -> None:
    """Somebody was invited: the mail goes out, unless the invitation was taken back or answered meanwhile."""
    invitation = open_invitation(happening.subject_id or 0)
    if invitation is not None:
        tell_invitation(invitation=invitation, now=now())
