"""Set up by which way mails go out: each answer is kept at once, in a trial that changes nothing until a test went well."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hearth.accounts.models import Account
from hearth.channels import policy, queries, ways
from hearth.channels.actions.posting import release_waiting
from hearth.channels.enums import Place, Security
from hearth.channels.models import MailAccount
from hearth.channels.providers import OTHER, provider
from hearth.channels.typed import Typed
from hearth.core import sealing
from hearth.happenings import actions as happenings

_ANSWERS = ("provider", "host", "port", "security", "username", "secret", "sender")


def choose_provider(*, by: Account, key: str, now: datetime) -> None:
    """Try with this provider; another one than before lets go of server, user name and password, but not of the address."""
    chosen = provider(key)
    before = queries.known_account()
    if before is not None and before.provider == chosen.key:
        return _change(by, "provider", now)
    address = before.sender if before else ""
    return _change(
        by,
        "provider",
        now,
        provider=chosen.key,
        host=chosen.host,
        port=chosen.port or None,
        security=chosen.security if chosen.host else Security.AUTO,
        username=chosen.username_for(address) if address else "",
        secret="",
    )


def name_server(*, by: Account, server: Typed, now: datetime) -> None:
    """Try with this mail server; what was not typed of number and safety is found out by the test.

    The password that works at the mail server in use is not sent to another one: it has to be typed once more.
    """
    known, used = queries.known_account(), queries.set_up().used
    works_elsewhere = known and used and known.secret == used.secret and server.host != used.host
    forgotten = {"secret": ""} if works_elsewhere else {}
    _change(by, "server", now, host=server.host, port=server.port, security=server.security, **forgotten)


def name_sender(*, by: Account, address: str, now: datetime) -> None:
    """Send from this address; where the provider signs in by it, it is the user name as well."""
    known = queries.known_account()
    username = provider(known.provider).username_for(address) if known else ""
    _change(by, "sender", now, sender=address, **({"username": username} if username else {}))


def name_user(*, by: Account, username: str, now: datetime) -> None:
    """Sign in at the mail server by this name; where it is an address and no other is known, it is the sender as well."""
    known = queries.known_account()
    is_address = "@" in username and (known is None or not known.sender)
    _change(by, "username", now, username=username, **({"sender": username.lower()} if is_address else {}))


def keep_password(*, by: Account, password: str, now: datetime) -> None:
    """Keep the password, sealed. No page shows it again."""
    _change(by, "password", now, secret=sealing.sealed(password, purpose="channels"))


def _change(by: Account, what: str, now: datetime, **columns: Any) -> None:
    policy.can_change_mail(by).require()
    with transaction.atomic():
        before = queries.known_account() or MailAccount(provider=OTHER)
        # What is in use stays as it is until the changed one was tested.
        kept = {name: getattr(before, name) for name in _ANSWERS}
        answers = {**kept, **columns, "changed_at": now, "works_since": None}
        if answers["username"] and answers["security"] == Security.NONE:
            # A way that was open while nobody signed in is not one for a password: the test finds another, or says so.
            answers["security"] = Security.AUTO
        MailAccount.objects.update_or_create(place=Place.TRIAL, defaults=answers)
        _record("mail_account_changed", by, now, what=what)


def take_into_use(*, tried: MailAccount, now: datetime) -> bool:
    """Let mails go out by the account that was tried, beginning with what waits; return whether it was still the same one.

    Only for `actions.testing`, after a test mail was taken. What somebody changed meanwhile has to be tested first.
    """
    with transaction.atomic():
        same = MailAccount.objects.select_for_update().filter(place=Place.TRIAL, changed_at=tried.changed_at)
        if not same.exists():
            return False
        MailAccount.objects.filter(place=Place.USED).delete()
        same.update(place=Place.USED, works_since=now, port=tried.port, security=tried.security)
        _record("mail_set_up", None, now, provider=tried.provider)
        release_waiting(now=now)
    ways.forget()
    return True


def forget_mail_account(*, by: Account, now: datetime) -> None:
    """Send no mail any more and forget server and password; what is to go out waits."""
    policy.can_change_mail(by).require()
    with transaction.atomic():
        MailAccount.objects.all().delete()
        _record("mail_account_changed", by, now, what="forgotten")
    ways.forget()


def _record(kind: str, by: Account | None, now: datetime, **data: str) -> None:
    # An operator is no member of anything, so the actor stands in the data, by the id that pages use.
    who = {"account": by.public_id} if by else {}
    happenings.record(kind, community=None, by=None, now=now, data={**who, **data})
