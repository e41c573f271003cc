"""Test sending: a real mail, a look at what the domain says, and the answer that comes back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.channels import domains, hello, policy, queries
from hearth.channels.actions.setting_up import take_into_use
from hearth.channels.enums import Place, TrialState
from hearth.channels.models import MailAccount, MailTest
from hearth.channels.providers import SERVER, provider
from hearth.channels.trying import Server, Trial, attempt
from hearth.core import rates
from hearth.core.errors import Invalid
from hearth.happenings import actions as happenings

OPEN = [TrialState.ASKED, TrialState.RUNNING, TrialState.WAITING]
LEASE = timedelta(minutes=3)
# A server that knows us not yet asks us to come back (greylisting, RFC 6647): usually within a quarter of an hour.
PAUSES = [timedelta(minutes=minutes) for minutes in (2, 5, 15, 30)]
MOST_TESTS = 30


def ask_for_test(*, by: Account, language: str, now: datetime) -> MailTest:
    """Ask for a test mail to one's own address; the worker sends it. One that has just begun is returned as it is.

    Refuses who may not set up mail (NotAllowed), too many tests an hour (TooMany), and missing answers (Invalid).
    """
    policy.can_set_up_mail(by).require()
    found = server_to_test()
    if found is None or not by.email:
        raise Invalid(_("Answer the questions first. Then the test can begin."))
    begun = MailTest.objects.filter(account=by, state=TrialState.ASKED).order_by("-pk").first()
    if begun is not None:
        return begun
    rates.spend(key=f"mail-test:{by.pk}", most=MOST_TESTS, per=timedelta(hours=1), now=now)
    with transaction.atomic():
        MailTest.objects.filter(state__in=OPEN).update(state=TrialState.DONE)
        test = MailTest.objects.create(
            account=by,
            address=by.email,
            language=language,
            provider=found.provider,
            sender=found.sender,
            asked_at=now,
            due_at=now,
        )
        happenings.record(
            "mail_test_asked", community=None, by=None, subject_kind="mail_test", subject_id=test.pk, now=now
        )
    return test


def server_to_test() -> MailAccount | None:
    """Return what a test would use: the environment's mail server, else the account being tried, else the one in use.

    Never an account with questions that are still open.
    """
    if settings.SMTP_URL:
        return _of_environment()
    found = queries.known_account()
    return found if found and found.can_sign_in else None


def _of_environment() -> MailAccount:
    parts = urlsplit(settings.SMTP_URL)
    security = {"smtps": "tls", "smtp+starttls": "starttls"}.get(parts.scheme, "none")
    usual = 465 if security == "tls" else 25
    return MailAccount(
        place=Place.USED,
        provider=SERVER,
        host=parts.hostname or "localhost",
        port=parts.port or usual,
        security=security,
        username=unquote(parts.username or ""),
        sender=settings.MAIL_FROM,
    )


def carry_out_test(*, clock: Callable[[], datetime]) -> bool:
    """Carry out one test that is due; return whether there was one. For the schedule of the worker.

    It talks to other machines for up to a minute and so runs outside of every transaction: claimed with a lease first, each
    part of the outcome written down when it is known. A worker that dies leaves a test that is tried again.
    """
    test = _claim(clock())
    if test is None:
        return False
    account = server_to_test()
    if account is None:
        _write(test, state=TrialState.DONE)
        return True
    trial = attempt(_server(account), hello.letter(test, account))
    _write_trial(test, account, trial, clock())
    _write(test, checks=domains.look(_question(test, account)), checked_at=clock())
    return True


def _claim(now: datetime) -> MailTest | None:
    due = MailTest.objects.filter(state__in=OPEN, due_at__lte=now)
    test = due.order_by("due_at", "pk").first()
    if test is None:
        return None
    mine = due.filter(pk=test.pk, attempts=test.attempts)
    claimed = mine.update(state=TrialState.RUNNING, due_at=now + LEASE, attempts=F("attempts") + 1)
    test.refresh_from_db()
    if claimed and test.attempts > len(PAUSES) + 1:
        _write(test, state=TrialState.DONE)
        return None
    return test if claimed else None


def _server(account: MailAccount) -> Server:
    parts = urlsplit(settings.SMTP_URL)
    password = unquote(parts.password or "") if account.provider == SERVER else account.password
    return Server(account.host, account.port or 0, account.security, account.username, password)


def _write_trial(test: MailTest, account: MailAccount, trial: Trial, now: datetime) -> None:
    if trial.taken and account.place == Place.TRIAL:
        account.port, account.security = trial.port, trial.security
        take_into_use(tried=account, now=now)
    _write(test, steps=trial.steps, tried_at=now)
    running = MailTest.objects.filter(pk=test.pk, state=TrialState.RUNNING)
    if trial.later and test.attempts <= len(PAUSES):
        running.update(state=TrialState.WAITING, due_at=now + PAUSES[test.attempts - 1])
    else:
        running.update(state=TrialState.DONE)


def _question(test: MailTest, account: MailAccount) -> domains.Question:
    return domains.Question(
        domain=account.domain,
        provider=provider(test.provider),
        host=account.host,
        site=urlsplit(settings.SITE_URL).hostname or "",
        mail=settings.MAIL_DOMAIN.lower(),
    )


def _write(test: MailTest, **columns: Any) -> None:
    # A worker that was thought dead must not write over what the next one found.
    MailTest.objects.filter(pk=test.pk, attempts=test.attempts).update(**columns)


def note_reply(*, test_id: int, sender: str, now: datetime) -> bool:
    """Write down that an answer to a test mail came in; return whether there is such a test. The first answer counts."""
    tests = MailTest.objects.filter(pk=test_id)
    tests.filter(replied_at__isnull=True).update(replied_at=now, reply_from=sender[:254])
    return tests.exists()


def forget_tests(*, before: datetime) -> int:
    """Delete tests asked for before the given time, but for the newest one; return how many."""
    newest = MailTest.objects.order_by("-pk").values_list("pk", flat=True).first()
    return MailTest.objects.filter(asked_at__lt=before).exclude(pk=newest or 0).delete()[0]
