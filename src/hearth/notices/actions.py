"""Tell members what they should know: in each one's language, in one delivery a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from hearth.accounts.policy import LINK_LASTS
from hearth.accounts.queries import SignInMail
from hearth.channels import actions as channels
from hearth.channels.actions import MailWords
from hearth.communities.models import Community
from hearth.members.enums import ReachBy, Standing
from hearth.members.mails import from_name, invitation_mail
from hearth.members.models import Invitation, Member
from hearth.notices.writing import sign_in_words


def tell(
    *,
    origin: str,
    community: Community,
    audience: QuerySet[Member],
    words: Callable[[], MailWords],
    now: datetime,
) -> int:
    """Plan one mail for each active member of the audience who is reached by e-mail; return how many were planned.

    `words` is called once a language that somebody reads, with that language active. The statements are as many as there
    are languages, however many members. The same origin again plans nothing twice.
    """
    reached = audience.filter(standing=Standing.ACTIVE, reach_by=ReachBy.EMAIL)
    planned = 0
    for language, readers in _by_language(reached, community):
        with translation.override(language):
            mail = channels.write_mail(
                origin=f"{origin}:{language}", community=community, language=language, words=words(), now=now
            )
        planned += channels.plan(mail=mail, audience=readers, now=now)
    return planned


def _by_language(audience: QuerySet[Member], community: Community) -> list[tuple[str, QuerySet[Member]]]:
    shipped = [code for code, _name in settings.LANGUAGES]
    rest = community.language if community.language in shipped else settings.LANGUAGE_CODE
    used = set(audience.order_by().values_list("account__language", flat=True).distinct())
    others = Q(account__language=rest) | ~Q(account__language__in=shipped)
    parts = [
        (code, audience.filter(account__language=code)) for code in shipped if code in used and code != rest
    ]
    if any(code == rest or code not in shipped for code in used):
        parts.append((rest, audience.filter(others)))
    return parts


def tell_sign_in(*, asked: SignInMail, origin: str, now: datetime) -> None:
    """Send the mail that opens the door: link and code, to the address that asked. Given up once the link is over."""
    with translation.override(asked.language):
        mail = channels.write_mail(
            origin=origin,
            community=asked.community,
            language=asked.language,
            words=replace(sign_in_words(asked), good_until=now + LINK_LASTS),
            now=now,
        )
    channels.send_one(mail=mail, address=asked.to, now=now)


def tell_invitation(*, invitation: Invitation, now: datetime) -> None:
    """Send an invitation's mail to its address, in the guest's language, as it was looked at before."""
    subject, text, html = invitation_mail(invitation)
    with translation.override(invitation.language):
        sender = from_name(invitation)
    mail = channels.write_mail(
        origin=f"invitation:{invitation.pk}:{invitation.times_sent}",
        community=invitation.community,
        language=invitation.language,
        words=MailWords(from_name=sender, subject=subject, text=text, html=html),
        now=now,
    )
    channels.send_one(mail=mail, address=invitation.email, now=now)
