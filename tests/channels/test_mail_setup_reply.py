"""The answer to a test mail comes in by our own listener, and the page says so."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from asgiref.sync import SyncToAsync
from django.db import connections

from hearth.accounts.models import Account
from hearth.channels import actions, hello, listener
from hearth.channels.actions import keep_mail
from hearth.channels.enums import Received
from hearth.channels.models import InboundMail, MailTest
from hearth.channels.providers import OTHER
from hearth.channels.typed import Typed
from hearth.core.clock import now
from hearth.core.tenancy import across_communities
from hearth.core.tokens import seal
from hearth.happenings.actions import sweep
from tests.channels.mail_servers import PASSWORD, USER, Manners, free_port, mail_server, name_server
from tests.channels.test_mail_setup_pages import signed_in
from tests.crowd import alone, open_to_threads
from tests.people import operator


@pytest.fixture
def arrived(db: None, settings: Any) -> EmailMessage:
    """The test mail as it arrived at the operator's."""
    manners = Manners()
    by = operator()
    with name_server({}) as settings.DNS_SERVER, mail_server(manners) as port:
        actions.choose_provider(by=by, key=OTHER, now=now())
        actions.name_server(by=by, server=Typed("127.0.0.1", port, "starttls"), now=now())
        actions.name_user(by=by, username=USER, now=now())
        actions.keep_password(by=by, password=PASSWORD, now=now())
        actions.ask_for_test(by=by, language="de", now=now())
        actions.carry_out_test(clock=now)
    read = message_from_bytes(manners.letters[0][2], policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def reply_to(mail: EmailMessage, **head: str) -> bytes:
    answer = EmailMessage()
    answer["From"] = "Henk <henk@server.example>"
    answer["To"] = str(mail["Reply-To"])
    answer["Subject"] = f"Re: {mail['Subject']}"
    for name, value in head.items():
        answer[name.replace("_", "-")] = value
    answer.set_content("Hallo")
    return answer.as_bytes()


def take_in(raw: bytes, to: str) -> InboundMail:
    mail = keep_mail(raw=raw, sender="henk@server.example", recipients=[to], now=now())
    with across_communities():
        sweep(now=now() + timedelta(minutes=1))
        return InboundMail.objects.get(pk=mail.pk)


def page() -> str:
    browser = signed_in(Account.objects.get(is_operator=True))
    return unescape(browser.get("/operator/mail/test/").content.decode())


def test_the_test_mail_is_a_good_mail(arrived: EmailMessage) -> None:
    assert arrived["From"].addresses[0].addr_spec == USER
    assert arrived["Auto-Submitted"] == "auto-generated"
    box = arrived["Reply-To"].addresses[0]
    assert (box.domain, len(box.username) <= 64, box.username == box.username.lower()) == (
        "hearth.localhost",
        True,
        True,
    )
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert plain
    assert html
    assert 'lang="de"' in html.get_content()


def test_an_answer_is_shown_with_its_time(arrived: EmailMessage, settings: Any) -> None:
    settings.MAIL_DOMAIN = "reply.example"
    test = MailTest.objects.get()
    assert "Within a minute it says here" in page()
    mail = take_in(reply_to(arrived), hello.reply_address(test.pk))

    assert mail.state == Received.DONE
    test.refresh_from_db()
    assert test.reply_from == "henk@server.example"
    assert "Your reply arrived" in page()


def test_without_a_domain_for_answers_the_page_says_plainly_what_that_means(arrived: EmailMessage) -> None:
    assert "They cannot come back yet. Members read their e-mails, and answer on the pages." in page()


@pytest.mark.parametrize("head", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_a_machines_answer_is_no_reply(arrived: EmailMessage, head: dict[str, str]) -> None:
    take_in(reply_to(arrived, **head), str(arrived["Reply-To"]))

    assert MailTest.objects.get().replied_at is None


@pytest.mark.parametrize("token", ["", "nonsense", "other purpose", "no such test"])
def test_an_address_that_we_did_not_give_out_changes_nothing(arrived: EmailMessage, token: str) -> None:
    made = {"other purpose": seal("stop", 1), "no such test": seal("hello", 999_999)}.get(token, token)
    mail = take_in(reply_to(arrived), f"hello-{made}@hearth.localhost")

    assert (mail.state, MailTest.objects.get().replied_at) == (Received.HELD, None)


@pytest.mark.django_db(transaction=True)
def test_the_answer_comes_in_by_our_own_listener(arrived: EmailMessage, tmp_path: Path) -> None:
    controller = Controller(listener.Door(), hostname="127.0.0.1", port=free_port())
    with open_to_threads(tmp_path):
        _let_go()
        controller.start()
        with smtplib.SMTP("127.0.0.1", controller.port, timeout=10) as line:
            line.sendmail("henk@server.example", [str(arrived["Reply-To"])], reply_to(arrived))
        controller.stop()
        _let_go()
        alone(_read_what_came)
        replied = alone(lambda: MailTest.objects.get().replied_at)

    assert replied is not None


def _read_what_came() -> None:
    with across_communities():
        sweep(now=now() + timedelta(minutes=1))


def _let_go() -> None:
    """Close the connection of the one thread in which the listener keeps mails; it would outlive the test's database."""
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()
