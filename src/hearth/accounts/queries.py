"""Reads of accounts, challenges and devices."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from hearth.accounts import browsers, codes, policy
from hearth.accounts.addresses import folded
from hearth.accounts.enums import Answer, ChallengeKind, ContactKind
from hearth.accounts.models import Account, ContactPoint, SignInChallenge
from hearth.communities import links
from hearth.communities.models import Community


@dataclass(frozen=True, slots=True)
class SignInMail:
    """What the mail that opens the door has to say. name is empty where several people share the address.

    code is six characters without a space.
    """

    to: str
    language: str
    name: str
    link: str
    code: str
    community: Community | None


@dataclass(frozen=True, slots=True)
class Device:
    """One browser in which the account is signed in. key names it in a form without giving its session away."""

    key: str
    words: str
    signed_in_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey of an account."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondStep:
    """What an account has beside its mail."""

    has_app: bool
    passkeys: list[Passkey]
    codes_left: list[str]

    @property
    def exists(self) -> bool:
        """Whether there is any second step; recovery codes alone are none."""
        return self.has_app or bool(self.passkeys)


def active_account(pk: int) -> Account | None:
    """Return the account with this key while it is active."""
    return Account.objects.filter(pk=pk, is_active=True).first()


def accounts_at(email: str) -> QuerySet[Account]:
    """Return the active accounts that sign in at this address, by name; none at no address."""
    address = folded(email)
    if not address:
        return Account.objects.none()
    points = ContactPoint.objects.filter(kind=ContactKind.EMAIL, value=address, verified_at__isnull=False)
    found = Account.objects.filter(Q(email=address) | Q(pk__in=points.values("account_id")), is_active=True)
    return found.order_by("name", "pk")


def accounts_behind(challenge: SignInChallenge) -> list[Account]:
    """Return the accounts of which the person who met this challenge may be one, by name."""
    found = accounts_at(challenge.address)
    if challenge.account_id is not None:
        found = Account.objects.filter(pk=challenge.account_id, is_active=True)
    return list(found)


def challenge_with_token(token: str) -> SignInChallenge | None:
    """Return the challenge whose link holds this token; None for a token that we never made."""
    public_id = codes.public_id_in(token)
    if public_id is None:
        return None
    return SignInChallenge.objects.filter(public_id=public_id).select_related("community").first()


def proven_challenge(pk: int | None, now: datetime) -> SignInChallenge | None:
    """Return a challenge that was met at most `policy.CHOICE_LASTS` ago."""
    if pk is None:
        return None
    return SignInChallenge.objects.filter(pk=pk, used_at__gt=now - policy.CHOICE_LASTS).first()


def newest_challenge(browser_key: str, now: datetime) -> SignInChallenge | None:
    """Return what was asked last in this browser, used or not, for as long as challenges are kept."""
    asked = challenges_of_browser(browser_key).filter(asked_at__gt=now - policy.CHALLENGES_KEPT)
    return asked.order_by("-asked_at", "-pk").first()


def challenges_of_browser(browser_key: str) -> QuerySet[SignInChallenge]:
    """Return all that was asked in this browser."""
    if not browser_key:
        return SignInChallenge.objects.none()
    return SignInChallenge.objects.filter(browser_hash=codes.browser_hash(browser_key))


def link_answer(*, challenge: SignInChallenge, browser_key: str, now: datetime) -> Answer:
    """Return whether the link of this challenge may be used in this browser, else why not."""
    return policy.link_answer(challenge, codes.browser_hash(browser_key), now)


def sign_in_words(challenge_id: int) -> SignInMail | None:
    """Return what the mail for a challenge says; None when the address is nobody's, so that no mail goes out."""
    challenge = SignInChallenge.objects.select_related("community").filter(pk=challenge_id).first()
    if challenge is None or challenge.kind == ChallengeKind.OPERATOR:
        return None
    people = accounts_behind(challenge)
    if not people:
        return None
    return SignInMail(
        to=challenge.address,
        language=challenge.language,
        name=people[0].name if len(people) == 1 else "",
        link=link_of(challenge),
        code=codes.code_of(challenge.public_id),
        community=challenge.community,
    )


def link_of(challenge: SignInChallenge) -> str:
    """Return the full address that the mail holds."""
    return links.absolute(challenge.community, "sign_in_link", token=codes.link_token(challenge.public_id))


def second_step(account: Account) -> SecondStep:
    """Return what the account has beside its mail, in one query."""
    rows = list(Authenticator.objects.filter(user_id=account.pk).order_by("pk"))
    left = [row.wrap().get_unused_codes() for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    return SecondStep(
        has_app=any(row.type == Authenticator.Type.TOTP for row in rows),
        passkeys=[
            Passkey(pk=row.pk, name=row.wrap().name, added_at=row.created_at, used_at=row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ],
        codes_left=left[0] if left else [],
    )


def devices(*, account: Account, session_key: str, now: datetime) -> list[Device]:
    """Return where the account is signed in: this device first, then the newest. Two queries, however many."""
    rows = list(UserSession.objects.filter(user_id=account.pk).order_by("-created_at", "-pk"))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(pk__in=keys, expire_date__gt=now).values_list("session_key", flat=True)
    )
    found = [_device(row, session_key) for row in rows if row.session_key in alive]
    return sorted(found, key=lambda device: not device.is_this)


def device_key(session_key: str) -> str:
    """Return the name by which a form can point to a session."""
    return sha256(f"hearth.accounts.device:{session_key}".encode()).hexdigest()[:20]


def _device(row: UserSession, session_key: str) -> Device:
    return Device(
        key=device_key(row.session_key),
        words=browsers.in_words(row.user_agent),
        signed_in_at=row.created_at,
        seen_at=row.last_seen_at,
        is_this=row.session_key == session_key,
    )
