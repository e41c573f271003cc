"""How long, how often, and who must show more than a mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from hearth.accounts.enums import Answer, ChallengeKind
from hearth.accounts.models import Account, SignInChallenge
from hearth.accounts.staff import may_wait
from hearth.core.verdicts import YES, Verdict, no

# security.md, table 2, row 1: ASVS 6.5.5 asks for 10 minutes; slow mail and slow hands need 15, and a day for the link.
CODE_LASTS = timedelta(minutes=15)
LINK_LASTS = timedelta(hours=24)
# Time to say which of several people at one address one is.
CHOICE_LASTS = timedelta(hours=2)
MOST_WRONG_TRIES = 5
CHALLENGES_KEPT = timedelta(hours=48)
# A sign-in counts as fresh for this long: enough to print a sheet of codes without hurry.
FRESH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SessionLength:
    """How long a person stays signed in. `noted_every`: how often use is written down, at most."""

    idle: timedelta
    absolute: timedelta
    noted_every: timedelta


# security.md, table 2, row 3.
MEMBER_SESSION = SessionLength(
    idle=timedelta(days=90), absolute=timedelta(days=365), noted_every=timedelta(days=1)
)
STAFF_SESSION = SessionLength(
    idle=timedelta(hours=12), absolute=timedelta(days=7), noted_every=timedelta(minutes=15)
)


def session_length(*, staff: bool) -> SessionLength:
    """Return how long a session lasts."""
    return STAFF_SESSION if staff else MEMBER_SESSION


def session_is_over(*, staff: bool, signed_in_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Return whether a session has outlived its length, by disuse or by age (ASVS 5.0.0, 7.3.1 and 7.3.2)."""
    length = session_length(staff=staff)
    return now - seen_at > length.idle or now - signed_in_at > length.absolute


def needs_second_step(account: Account, *, staff: bool, now: datetime) -> bool:
    """Return whether a mail alone does not open staff pages (security.md, table 2, row 2). Sample people are let off.

    Who has just begun a community and is still alone in it may set the step up a little later (`accounts.staff`); who has
    one already shows it.
    """
    if not staff or account.is_sample:
        return False
    return has_second_step(account) or not may_wait(account, now)


def has_second_step(account: Account) -> bool:
    """Return whether the account has a passkey or an app that makes codes."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: bool = Authenticator.objects.filter(user_id=account.pk, type__in=kinds).exists()
    return found


def can_use_sample_door(account: Account) -> Verdict:
    """Whether one click may sign this account in: only a sample person, and only while the sample door is open."""
    if getattr(settings, "SAMPLE_DOOR", False) and account.is_sample and account.is_active:
        return YES
    return no(_("Only people of the sample network can come in this way."))


def code_answer(challenge: SignInChallenge, now: datetime) -> Answer:
    """Return RIGHT while a code may still be tried for this challenge, else what keeps it from being tried."""
    if challenge.used_at is not None:
        return Answer.USED
    if challenge.kind == ChallengeKind.OPERATOR or now - challenge.asked_at > CODE_LASTS:
        return Answer.EXPIRED
    return Answer.TOO_OFTEN if challenge.wrong_tries >= MOST_WRONG_TRIES else Answer.RIGHT


def link_answer(challenge: SignInChallenge, browser_hash: str, now: datetime) -> Answer:
    """Return RIGHT when the link may be used in this browser, else what keeps it from being used."""
    if challenge.used_at is not None:
        return Answer.USED
    if now - challenge.asked_at > LINK_LASTS:
        return Answer.EXPIRED
    by_operator = challenge.kind == ChallengeKind.OPERATOR
    return Answer.RIGHT if by_operator or challenge.browser_hash == browser_hash else Answer.OTHER_BROWSER
