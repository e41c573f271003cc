"""Tell the people of a workshop: that they are invited, and that a step began."""

from datetime import datetime

from hearth.channels.actions import MailWords
from hearth.notices.actions import tell
from hearth.purpose.enums import Meeting
from hearth.purpose.models import Workshop
from hearth.purpose.queries import workshops as queries
from hearth.purpose.workshop_mails import WorkshopMail, invitation_words, step_words


def tell_of_workshop(*, workshop: Workshop, invited_at: datetime, origin: str, now: datetime) -> int:
    """Plan the invitation for everybody who was invited at that moment; return how many are reached."""
    return tell(
        origin=origin,
        community=workshop.community,
        audience=queries.invited_at(workshop, invited_at),
        words=lambda: _words(invitation_words(workshop)),
        now=now,
    )


def tell_of_step(*, workshop: Workshop, origin: str, now: datetime) -> int:
    """Plan a mail about the present step for everybody in the workshop, the facilitator excepted.

    Only where people do not meet: in a meeting all see it on their page.
    """
    if workshop.meeting == Meeting.LIVE or not workshop.is_open:
        return 0
    return tell(
        origin=origin,
        community=workshop.community,
        audience=queries.told_of(workshop).exclude(pk=workshop.facilitator_id or 0),
        words=lambda: _words(step_words(workshop)),
        now=now,
    )


def _words(mail: WorkshopMail) -> MailWords:
    return MailWords(from_name=mail.from_name, subject=mail.subject, text=mail.text, html=mail.html)
