"""What a person does at the door, and what the mail would say."""

import time
from datetime import UTC, datetime

from django.test import Client

from hearth.accounts import codes, queries
from hearth.accounts.models import Account, SignInChallenge

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def ask(client: Client, email: str, **more: str) -> SignInChallenge:
    """Ask for a mail as a person would, and return what was written."""
    response = client.post("/sign-in/", {"email": email, **more})
    assert response.status_code == 302, response.content
    return newest()


def newest() -> SignInChallenge:
    return SignInChallenge.objects.latest("pk")


def code_in_mail(challenge: SignInChallenge) -> str:
    """Return the code as the mail shows it; fails where no mail would go out."""
    words = queries.sign_in_words(challenge.pk)
    assert words is not None
    return words.code


def link_in_mail(challenge: SignInChallenge) -> str:
    """Return the path of the mail's link."""
    words = queries.sign_in_words(challenge.pk)
    assert words is not None
    return "/" + words.link.split("/", 3)[3]


def another_code(challenge: SignInChallenge) -> str:
    """Return six characters of our alphabet that are not this challenge's code."""
    right = codes.code_of(challenge.public_id)
    return right[:-1] + next(letter for letter in codes.ALPHABET if letter != right[-1])


def who_is_in(client: Client) -> int | None:
    """Return the key of the account that is signed in in this browser."""
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


def come_in(client: Client, account: Account) -> None:
    """Sign in by code, all the way through the pages; leaves an account with a second step at that step."""
    challenge = ask(client, account.email)
    client.post("/sign-in/code/", {"code": code_in_mail(challenge)})


def give_app(account: Account) -> str:
    """Set up an app that makes codes for this account, and return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret: str = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def app_code(secret: str) -> str:
    """Return what the app shows now."""
    from allauth.mfa.totp.internal import auth

    shown: str = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    return shown


def give_sheet(account: Account) -> list[str]:
    """Print a sheet of codes for this account, and return them."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes_left: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes_left
