"""Ask to come in, and come in: by link, by code, as one of several people at one address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from hearth.accounts import codes, policy, queries
from hearth.accounts.addresses import folded
from hearth.accounts.enums import Answer, ChallengeKind
from hearth.accounts.models import Account, SignInChallenge
from hearth.communities.models import Community
from hearth.core import rates
from hearth.core.errors import NotFound
from hearth.happenings.actions import record


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a code or a link: the answer, and the challenge it was right for."""

    answer: Answer
    challenge: SignInChallenge | None = None


def ask_to_sign_in(
    *,
    email: str,
    browser_key: str,
    ip_block: str,
    language: str,
    community: Community | None,
    next_path: str,
    now: datetime,
) -> SignInChallenge:
    """Write a challenge for this browser and record `sign_in_asked`, from which the mail follows.

    The same work whether or not somebody has this address: nothing here looks it up (ASVS 5.0.0, 6.3.8). Whether a mail
    goes out is found out later, by the worker. Refuses (TooMany) per address, per block of IP addresses, per browser.
    """
    return _ask(
        SignInChallenge(
            address=folded(email),
            community=community,
            browser_hash=codes.browser_hash(browser_key),
            language=language,
            next_path=next_path,
            asked_at=now,
        ),
        ip_block,
    )


def ask_to_confirm(
    *,
    by: Account,
    browser_key: str,
    ip_block: str,
    language: str,
    community: Community | None,
    next_path: str,
    now: datetime,
) -> SignInChallenge:
    """Send a signed-in person a fresh code before something that matters; same limits as `ask_to_sign_in`."""
    return _ask(
        SignInChallenge(
            kind=ChallengeKind.CONFIRM,
            address=by.email,
            account=by,
            community=community,
            browser_hash=codes.browser_hash(browser_key),
            language=language,
            next_path=next_path,
            asked_at=now,
        ),
        ip_block,
    )


def ask_again(
    *, challenge: SignInChallenge, browser_key: str, ip_block: str, language: str, now: datetime
) -> SignInChallenge:
    """Ask once more what was asked before, now from this browser; the earlier code goes on working. Same limits."""
    confirm = challenge.kind == ChallengeKind.CONFIRM
    return _ask(
        SignInChallenge(
            kind=ChallengeKind.CONFIRM if confirm else ChallengeKind.SIGN_IN,
            address=challenge.address,
            account=challenge.account,
            community=challenge.community,
            browser_hash=codes.browser_hash(browser_key),
            language=language,
            next_path=challenge.next_path,
            asked_at=now,
        ),
        ip_block,
    )


def sign_in_by_code(*, browser_key: str, typed: str, ip_block: str, now: datetime, token: str = "") -> Found:
    """Use the code that was typed, for whatever was asked in this browser or, with a link's token, for that link.

    A newer code leaves the older ones working. A wrong one counts for each that it might have been for; after 5 none
    works any more. The answer for an address that is nobody's is that for a wrong code. Refuses (TooMany) who tries 60
    codes an hour from one block of IP addresses.
    """
    rates.spend(key=f"sign-in-code:{ip_block}", most=60, per=timedelta(hours=1), now=now)
    with transaction.atomic():
        asked = list(
            _asked_here(browser_key, token, now).select_for_update().order_by("-asked_at", "-pk")[:10]
        )
        open_now = [one for one in asked if policy.code_answer(one, now) is Answer.RIGHT]
        if not open_now:
            return Found(policy.code_answer(asked[0], now) if asked else Answer.EXPIRED)
        fitting = [one for one in open_now if codes.is_code_of(one.public_id, typed)]
        if fitting and queries.accounts_behind(fitting[0]):
            return _use(fitting[0], now)
        _count_wrong(open_now)
    last_try = any(one.wrong_tries + 1 >= policy.MOST_WRONG_TRIES for one in open_now)
    return Found(Answer.TOO_OFTEN if last_try else Answer.WRONG)


def sign_in_by_link(*, token: str, browser_key: str, now: datetime) -> Found:
    """Use a link once, in the browser that asked for it (an operator's link: in any). Refuses a token never made."""
    challenge = queries.challenge_with_token(token)
    if challenge is None:
        raise NotFound("")
    answer = queries.link_answer(challenge=challenge, browser_key=browser_key, now=now)
    if answer is not Answer.RIGHT:
        return Found(answer)
    if not queries.accounts_behind(challenge):
        return Found(Answer.EXPIRED)
    return _use(challenge, now)


def choose_account(*, challenge_id: int, account: str, now: datetime) -> Account:
    """Return the one of the people at a proven address whose public id was chosen, within 2 hours. Refuses anyone else."""
    challenge = queries.proven_challenge(challenge_id, now)
    if challenge is None:
        raise NotFound("")
    for one in queries.accounts_behind(challenge):
        if one.public_id == account:
            return one
    raise NotFound("")


def operator_link(*, email: str, now: datetime) -> str:
    """Return a link that signs a person in once, in any browser, within 24 hours; where people share the address, one a
    line with each name. Refuses (NotFound) an address that is nobody's.

    For the operator at the server's own keyboard: who can call this can read the database anyway.
    """
    people = list(queries.accounts_at(email))
    if not people:
        raise NotFound(_("Nobody signs in at this address."))
    links = [(one, _make_operator_link(one, now)) for one in people]
    return links[0][1] if len(links) == 1 else "\n".join(f"{one.name}: {link}" for one, link in links)


def forget_challenges(*, now: datetime) -> int:
    """Delete what was asked 2 days ago and earlier, addresses included; return how many."""
    return SignInChallenge.objects.filter(asked_at__lt=now - policy.CHALLENGES_KEPT).delete()[0]


def _make_operator_link(account: Account, now: datetime) -> str:
    challenge = SignInChallenge.objects.create(
        kind=ChallengeKind.OPERATOR,
        address=account.email,
        account=account,
        language=account.language or settings.LANGUAGE_CODE,
        asked_at=now,
    )
    return queries.link_of(challenge)


def _ask(challenge: SignInChallenge, ip_block: str) -> SignInChallenge:
    now = challenge.asked_at
    hour = timedelta(hours=1)
    rates.spend(key=f"sign-in-ip:{ip_block}", most=60, per=hour, now=now)
    rates.spend(key=f"sign-in-browser:{challenge.browser_hash}", most=12, per=hour, now=now)
    rates.spend(key=f"sign-in-address:{challenge.address}", most=6, per=timedelta(minutes=15), now=now)
    with transaction.atomic():
        challenge.save(force_insert=True)
        record(
            "sign_in_asked",
            community=challenge.community,
            by=None,
            subject_kind="sign_in",
            subject_id=challenge.pk,
            now=now,
        )
    return challenge


def _asked_here(browser_key: str, token: str, now: datetime) -> QuerySet[SignInChallenge]:
    here = Q(pk__in=queries.challenges_of_browser(browser_key).values("pk"))
    public_id = codes.public_id_in(token) if token else None
    if public_id is not None:
        here |= Q(public_id=public_id)
    return SignInChallenge.objects.filter(here, asked_at__gt=now - policy.CHALLENGES_KEPT)


def _use(challenge: SignInChallenge, now: datetime) -> Found:
    # Two at the same moment: the UPDATE that touches a row wins, the other one finds it used.
    won = SignInChallenge.objects.filter(pk=challenge.pk, used_at__isnull=True).update(used_at=now)
    return Found(Answer.RIGHT, challenge) if won else Found(Answer.USED)


def _count_wrong(challenges: list[SignInChallenge]) -> None:
    tried = SignInChallenge.objects.filter(pk__in=[one.pk for one in challenges])
    tried.update(wrong_tries=F("wrong_tries") + 1)
