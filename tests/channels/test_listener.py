"""The door for mail: 250 only when the mail is kept, alike for every address of ours, and no way through us to others."""

import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from asgiref.sync import SyncToAsync
from django.db import DatabaseError, connections

from hearth.channels import listener
from hearth.channels.models import InboundMail
from hearth.core.tenancy import across_communities
from tests.crowd import alone, open_to_threads

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = b"From: a@b.example\r\nSubject: Hi\r\n\r\n.Words\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[smtplib.SMTP]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        listener.Door(), hostname="127.0.0.1", port=port, data_size_limit=listener.MOST_BYTES
    )
    with open_to_threads(tmp_path):
        _let_go()
        controller.start()
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            yield client
        controller.stop()
        _let_go()


def _let_go() -> None:
    """Close the connection of the one thread in which the listener keeps mails; it would outlive the test's database."""
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


def kept() -> list[InboundMail]:
    with across_communities():
        return list(InboundMail.objects.order_by("pk"))


def test_a_mail_is_kept_as_it_came_before_we_say_yes(server: smtplib.SMTP) -> None:
    server.sendmail("a@b.example", ["answer-x@hearth.localhost"], MAIL)

    (mail,) = alone(kept)
    assert (bytes(mail.raw), mail.sender, mail.recipients) == (
        MAIL,
        "a@b.example",
        ["answer-x@hearth.localhost"],
    )


def test_the_same_mail_again_is_taken_and_kept_once(server: smtplib.SMTP) -> None:
    for _time in range(3):
        server.sendmail("a@b.example", ["answer-x@hearth.localhost"], MAIL)

    assert len(alone(kept)) == 1


def test_every_address_of_ours_is_taken_alike_and_no_other(server: smtplib.SMTP) -> None:
    server.ehlo()
    server.mail("a@b.example")
    codes = [
        server.rcpt(box)[0]
        for box in (
            "answer-x@hearth.localhost",
            "nobody@HEARTH.localhost",
            "ceo@bank.example",
            "x@hearth.localhost.evil.example",
        )
    ]

    assert codes == [250, 250, 550, 550]


def test_a_mail_that_cannot_be_kept_is_the_senders_to_try_again(
    server: smtplib.SMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(envelope: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(listener, "_keep", full)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("a@b.example", ["answer-x@hearth.localhost"], MAIL)

    assert refused.value.smtp_code == 451


def test_a_crowd_of_receivers_is_refused_for_now(server: smtplib.SMTP) -> None:
    server.ehlo()
    server.mail("a@b.example")
    codes = [server.rcpt(f"x{place}@hearth.localhost")[0] for place in range(listener.MOST_RECIPIENTS + 1)]

    assert (codes[-2:], len(alone(kept))) == ([250, 452], 0)
