"""Entrance from happenings: mails about the account, invitations, and the steps of a workshop."""

from hearth.accounts.queries import sign_in_words
from hearth.core.clock import now
from hearth.happenings.models import Happening
from hearth.members.queries import open_invitation
from hearth.notices.actions import tell_invitation, tell_sign_in
from hearth.notices.workshops import tell_of_step, tell_of_workshop
from hearth.purpose.queries.workshops import workshop_by_key


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


def tell_workshop_people(happening: Happening) -> None:
    """Members were invited to a workshop: each hears of it, unless it has ended meanwhile."""
    workshop = workshop_by_key(happening.subject_id or 0)
    if workshop is not None and workshop.is_open:
        origin = f"workshop-invited:{happening.public_id}"
        tell_of_workshop(workshop=workshop, invited_at=happening.happened_at, origin=origin, now=now())


def tell_workshop_step(happening: Happening) -> None:
    """A step of a workshop began: its people hear of it, unless it has moved on meanwhile."""
    workshop = workshop_by_key(happening.subject_id or 0)
    if workshop is not None and happening.data == {"step": workshop.step, "round": workshop.round}:
        tell_of_step(workshop=workshop, origin=f"workshop-step:{happening.public_id}", now=now())
