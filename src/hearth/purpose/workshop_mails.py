"""What the mails of a workshop say, in the active language. No subject speaks of health: lock screens show them."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.communities import links
from hearth.purpose.enums import Meeting, Step
from hearth.purpose.models import Workshop
from hearth.purpose.workshop_texts import SAID


@dataclass(frozen=True, slots=True)
class WorkshopMail:
    """One mail in one language: the same words as plain text and as HTML."""

    from_name: str
    subject: str
    text: str
    html: str


def invitation_words(workshop: Workshop) -> WorkshopMail:
    """Return the invitation: who asks, what it is, how long it takes, and the way in."""
    if workshop.meeting == Meeting.LIVE:
        how = _("We do it at the same time: everybody opens the page, and somebody leads us through it.")
    else:
        how = _("We do it without meeting, over about two weeks. Take part whenever it suits you.")
    lines = [
        _("%(name)s invites you to find our purpose together.")
        % {"name": workshop.facilitator.name if workshop.facilitator else workshop.community.name},
        _("We look for one sentence: whom we bring together, to do what, and why."),
        how,
        _("Nobody sees who wrote what. You need no knowledge, and nothing is wrong."),
    ]
    return _mail(workshop, _("Find our purpose together: you are invited"), lines, _("Come in"))


def step_words(workshop: Workshop) -> WorkshopMail:
    """Return the mail which says that a step began."""
    said = SAID[Step(workshop.step)]
    lines = [str(said.lead), _("You can still add what you would have written before.")]
    if workshop.hoped_until:
        lines.append(_("It would be good to have your answer soon. No time runs out."))
    subject = _("Our purpose: %(step)s") % {"step": str(said.title).rstrip("?")}
    return _mail(workshop, subject, lines, _("Go to this step"))


def _mail(workshop: Workshop, subject: str, lines: list[str], label: str) -> WorkshopMail:
    community = workshop.community
    parts = {
        "language": get_language(),
        "subject": subject,
        "hello": _("Hello,"),
        "lines": lines,
        "label": label,
        "url": links.absolute(community, "workshop", workshop=workshop.public_id),
        "reason": _("You get this because you are a member of %(community)s and were invited.")
        % {"community": community.name},
        "community": community,
    }
    return WorkshopMail(
        from_name=community.name,
        subject=subject,
        text=render_to_string("purpose/mail/workshop.txt", parts),
        html=render_to_string("purpose/mail/workshop.html", parts),
    )
