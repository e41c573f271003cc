"""Entrance from happenings: mails about the account."""

from hearth.accounts.queries import sign_in_words
from hearth.core.clock import now
from hearth.happenings.models import Happening
from hearth.notices.actions import tell_sign_in


def send_sign_in_mail(happening: Happening) -> None:
    """Somebody asked to sign in: the mail with link and code goes out, unless the address is nobody's."""
    asked = sign_in_words(happening.subject_id) if happening.subject_id is not None else None
    if asked is not None:
        tell_sign_in(asked=asked, origin=f"sign-in:{happening.public_id}", now=now())
