"""What an invitation's mail says: one link, one way to say no, and how to know that it is genuine."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from hearth.communities import links
from hearth.communities.models import Community
from hearth.core.text import text_to_html
from hearth.members.enums import InvitationState
from hearth.members.models import Invitation, Member
from hearth.members.tokens import invitation_token

# Stands in the link for the guest's secret part wherever somebody else looks at the mail.
HIDDEN = "xxxxxxxxxxxx"


@dataclass(frozen=True, slots=True)
class Reading:
    """One real thing to read: its words, so that the mail needs no second link."""

    title: str
    author: str
    excerpt: str
    language: str


# How the parts of the mail look: in the mail itself (mail programs know only inline styles), and on our own page.
# The colour is the community's own, which reaches 7:1 on white (`communities.colours`).
_STYLES = {
    "head": "font-size:24px;line-height:1.3",
    "quote": "border-left:4px solid ACCENT;margin:16px 0;padding:4px 16px",
    "button": "display:inline-block;background:ACCENT;color:#FFFFFF;padding:12px 24px;border-radius:12px;"
    "text-decoration:none;font-weight:bold",
    "line": "border:0;border-top:1px solid #D9CFC1",
    "quiet": "color:#474C57",
    "link": "color:#0A4A66",
}
ON_PAGE = {part: Markup(' class="letter-{}"').format(part) for part in _STYLES}


class _Above:
    sender: Callable[[], str] | None = None
    to_read: Callable[[Member, Community], Reading | None] | None = None


def fill(*, sender: Callable[[], str], to_read: Callable[[Member, Community], Reading | None]) -> None:
    """Set what lies above this package: the address that mails come from, and what a guest may read of the community."""
    _Above.sender, _Above.to_read = sender, to_read


def sender_address() -> str:
    """Return the address that an invitation comes from."""
    return _Above.sender() if _Above.sender else ""


def something_to_read(by: Member, community: Community) -> dict[str, str]:
    """Return one thing to read that a guest of this member may see, as an invitation keeps it; empty where there is none."""
    found = _Above.to_read(by, community) if _Above.to_read else None
    return asdict(found) if found else {}


def ready_words() -> str:
    """Return the personal words that stand ready, in the active language."""
    return _(
        "I thought of you, and I would be glad to have you with us. Come and look around in your own time."
    )


def from_name(invitation: Invitation) -> str:
    """Return the name that the mail comes from."""
    return _("%(name)s via %(community)s") % {
        "name": _inviter(invitation),
        "community": invitation.community.name,
    }


def invitation_mail(invitation: Invitation) -> tuple[str, str, str]:
    """Return subject, plain text and HTML of the mail, in the guest's language.

    For an invitation that is only prepared the secret part of its link is left out: nobody but the guest may hold it.
    The subject has neither the community's name nor a word about health, because lock screens show it (security.md, 3).
    """
    with translation.override(invitation.language):
        parts = _parts(invitation)
        return (
            _("%(name)s invites you") % {"name": parts["inviter"]},
            render_to_string("members/mail/invitation.txt", parts),
            render_to_string("members/mail/invitation.html", parts),
        )


def as_on_page(invitation: Invitation) -> str:
    """Return the words of the mail's HTML for a page of ours: the same template, with classes where the mail has styles.

    Its links lead nowhere.
    """
    with translation.override(invitation.language):
        parts = _parts(invitation) | {"look": ON_PAGE, "level": 3, "url": "", "no_url": ""}
        return render_to_string("members/mail/invitation_words.html", parts)


def _parts(invitation: Invitation) -> dict[str, Any]:
    community, inviter = invitation.community, _inviter(invitation)
    is_secret = invitation.state != InvitationState.PREPARED
    token = invitation_token(invitation.pk) if is_secret else HIDDEN
    words = invitation.words or ready_words()
    return {
        "language": invitation.language,
        "community": community,
        "guest": invitation.name,
        "inviter": inviter,
        "does": ", ".join(str(role.label) for role in invitation.by.roles) if invitation.by else "",
        "words": words,
        "words_html": text_to_html(words),
        "words_language": invitation.words_language if invitation.words else invitation.language,
        "roles": ", ".join(str(role.label) for role in invitation.asked_roles),
        "reading": invitation.reading,
        "proof": _proof(community, inviter),
        "look": _in_mail(community.accent),
        "level": 1,
        "url": links.absolute(community, "invitation", token=token),
        "no_url": links.absolute(community, "invitation_no", token=token),
    }


def _in_mail(accent: str) -> dict[str, Markup]:
    return {
        part: Markup(' style="{}"').format(style.replace("ACCENT", accent)) for part, style in _STYLES.items()
    }


def _proof(community: Community, inviter: str) -> str:
    if community.help_phone:
        return _("Ask %(name)s, or call %(community)s: %(phone)s") % {
            "name": inviter,
            "community": community.name,
            "phone": " · ".join(part for part in (community.help_phone, community.help_hours) if part),
        }
    if community.help_email:
        return _("Ask %(name)s, or write to %(community)s: %(address)s") % {
            "name": inviter,
            "community": community.name,
            "address": community.help_email,
        }
    return _("Ask %(name)s in person before you open the link.") % {"name": inviter}


def _inviter(invitation: Invitation) -> str:
    return invitation.by.name if invitation.by else invitation.community.name
