"""Each mail is handed over once to each person; what the other side says decides what follows. Against a real SMTP server."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db.models import F

from hearth.accounts.models import Account
from hearth.channels.actions import LEASE, PAUSES, MailWords, deliver_due, plan, send_one, write_mail
from hearth.channels.enums import State
from hearth.channels.models import Delivery, Mail
from hearth.channels.transports import Envelope, OutboxTransport, Outcome, SmtpTransport, smtp
from hearth.core.tenancy import across_communities, tenant
from hearth.members.models import Member
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW, Cast, build

MINUTE = timedelta(minutes=1)


class Door:
    """A mail server whose manners are the first part of the address."""

    def __init__(self) -> None:
        self.came: Counter[tuple[str, str]] = Counter()

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 Nobody of that name here"
        if address.startswith("full@"):
            return "452 4.2.2 The box is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        address = envelope.rcpt_tos[0]
        found = re.search(rb"(?i)Message-ID: (<[^>]+>)", envelope.content)
        assert found
        self.came[(address, found[1].decode())] += 1
        if address.startswith("drop@") and self.came[(address, found[1].decode())] == 1:
            server.transport.abort()
        if address.startswith("slow@"):
            await asyncio.sleep(3)
        if address.startswith("spam@"):
            return "554 5.7.1 We do not like this"
        return "451 4.3.0 Later" if address.startswith("later@") else "250 OK"


@pytest.fixture
def door() -> Iterator[tuple[Door, SmtpTransport]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = Door()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, SmtpTransport(f"smtp://127.0.0.1:{port}")
    controller.stop()


def mail_for(origin: str = "news") -> Mail:
    words = MailWords(from_name="Jan", subject="Soup", text="Come\n", html="<p>Come</p>")
    return write_mail(origin=origin, community=None, language="en", words=words, now=NOW)


def send(*boxes: str) -> Mail:
    return send_to(*(f"{box}@there.example" for box in boxes))


def send_to(*addresses: str) -> Mail:
    with across_communities():
        mail = mail_for()
        for address in addresses:
            send_one(mail=mail, address=address, now=NOW)
    return mail


def states() -> dict[str, str]:
    with across_communities():
        return {row.address.partition("@")[0]: row.state for row in Delivery.objects.all()}


def row(box: str) -> Delivery:
    with across_communities():
        return Delivery.objects.get(address__startswith=f"{box}@")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("box", "state", "reason"),
    [
        ("maria", State.SENT, "127.0.0.1"),
        ("nobody", State.BOUNCED, "550 5.1.1 Nobody of that name here"),
        ("spam", State.BOUNCED, "554 5.7.1 We do not like this"),
        ("full", State.DEFERRED, "452 4.2.2 The box is full"),
        ("later", State.DEFERRED, "451 4.3.0 Later"),
    ],
)
def test_what_the_other_side_says_is_what_we_write_down(door: Any, box: str, state: str, reason: str) -> None:
    send(box)
    deliver_due(transport=door[1], now=NOW)

    assert (row(box).state, row(box).reason, row(box).attempts) == (state, reason, 1)


@pytest.mark.django_db
def test_one_refused_address_does_not_keep_the_others_waiting(door: Any) -> None:
    send("nobody", "a", "full", "b", "spam", "c", "later", "d")
    deliver_due(transport=door[1], now=NOW)

    assert [box for box, state in states().items() if state == State.SENT] == ["a", "b", "c", "d"]


@pytest.mark.django_db
def test_a_line_lost_after_the_mail_is_not_known_and_goes_out_again_under_the_same_message_id(
    door: Any,
) -> None:
    mail = send("drop")
    deliver_due(transport=door[1], now=NOW)
    assert row("drop").state == State.UNKNOWN

    assert deliver_due(transport=door[1], now=NOW + timedelta(seconds=59)) == 0
    assert deliver_due(transport=door[1], now=NOW + MINUTE) == 1

    assert (row("drop").state, row("drop").attempts) == (State.SENT, 2)
    assert door[0].came == {("drop@there.example", mail.message_id): 2}


@pytest.mark.django_db
def test_those_behind_a_lost_line_wait_a_minute_and_get_it_once(door: Any) -> None:
    send("a", "drop", "b", "c")
    deliver_due(transport=door[1], now=NOW)
    assert states() == {"a": "sent", "drop": "unknown", "b": "deferred", "c": "deferred"}

    deliver_due(transport=door[1], now=NOW + MINUTE)

    assert set(states().values()) == {"sent"}
    assert sorted(door[0].came.values()) == [1, 1, 1, 2]


@pytest.mark.django_db
def test_a_server_that_hangs_holds_the_worker_no_longer_than_the_limit(
    door: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    send("slow")
    deliver_due(transport=door[1], now=NOW)

    assert row("slow").state == State.UNKNOWN


@pytest.mark.django_db
def test_a_server_that_is_away_puts_the_whole_round_off() -> None:
    send("a", "b")
    deliver_due(transport=SmtpTransport("smtp://127.0.0.1:1"), now=NOW)

    assert states() == {"a": "deferred", "b": "deferred"}
    assert "refused" in row("a").reason.lower()


@pytest.mark.django_db
def test_it_is_tried_for_at_least_five_days_and_then_given_up() -> None:
    send("a")
    moment, tried = NOW, []
    while row("a").state != State.GIVEN_UP and len(tried) < 50:
        moment = max(moment, row("a").due_at)
        tried.append(moment)
        deliver_due(transport=SmtpTransport("smtp://127.0.0.1:1"), now=moment)

    assert tried[-1] - NOW >= timedelta(days=5)
    assert len(tried) == len(PAUSES) + 1
    assert deliver_due(transport=OutboxTransport(), now=moment + timedelta(days=99)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "box",
    ["jörg@there.example", "maria@bücher.example", "a b@there.example", "two\nlines@there.example", "@", ""],
)
def test_an_address_that_no_server_takes_does_not_stop_the_post(door: Any, box: str) -> None:
    send_to("a@there.example", box, "b@there.example")
    deliver_due(transport=door[1], now=NOW)

    with across_communities():
        assert [Delivery.objects.get(address=f"{name}@there.example").state for name in "ab"] == [
            State.SENT
        ] * 2
        assert Delivery.objects.get(address=box).state in {State.SENT, State.BOUNCED, State.GIVEN_UP}


@pytest.mark.django_db
def test_what_a_killed_worker_held_goes_out_when_its_lease_is_over(
    door: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send("a", "b")

    class Killed(BaseException):
        """kill -9, as far as the rows can tell."""

    class Dying(OutboxTransport):
        def hand_over(self, envelope: Any) -> Any:
            raise Killed

    with pytest.raises(Killed):
        deliver_due(transport=Dying(), now=NOW)
    assert states() == {"a": "claimed", "b": "claimed"}

    assert deliver_due(transport=door[1], now=NOW + LEASE - MINUTE) == 0
    assert deliver_due(transport=door[1], now=NOW + LEASE) == 2
    assert sorted(door[0].came.values()) == [1, 1]


@pytest.mark.django_db
def test_without_a_server_the_mail_is_done_on_the_outbox_page() -> None:
    send("a")
    deliver_due(transport=OutboxTransport(), now=NOW)

    assert (row("a").state, row("a").reason) == (State.SENT, "outbox")


@pytest.mark.django_db
def test_a_round_takes_no_more_than_it_is_allowed() -> None:
    send(*(f"p{place}" for place in range(7)))

    assert [deliver_due(transport=OutboxTransport(), now=NOW, most=3) for _round in range(4)] == [3, 3, 1, 0]


@pytest.mark.django_db
def test_sending_again_to_the_same_address_plans_nothing_new() -> None:
    send("a")
    send("a")

    with across_communities():
        assert (Mail.objects.count(), Delivery.objects.count()) == (1, 1)


def mail_in(cast: Cast, moment: datetime = NOW) -> int:
    with tenant(cast.community):
        words = MailWords(from_name="J", subject="S", text="t", html="h")
        mail = write_mail(origin="all", community=cast.community, language="en", words=words, now=moment)
        return plan(mail=mail, audience=Member.objects.filter(name__in=["Maria", "Jan", "Mod"]), now=moment)


@pytest.mark.django_db
def test_an_audience_is_planned_once_and_never_twice() -> None:
    cast = build("north")

    assert (mail_in(cast), mail_in(cast)) == (3, 0)
    with tenant(cast.community):
        assert dict(Delivery.objects.values_list("address", "state")) == {
            f"{name}@north.example": State.PLANNED for name in ("maria", "jan", "mod")
        }


@pytest.mark.django_db(transaction=True)
def test_planned_and_delivered_from_several_sides_at_one_moment_nothing_is_doubled(tmp_path: Path) -> None:
    cast = build("north")
    with open_to_threads(tmp_path):
        planned = together(*[partial(mail_in, cast)] * 5)
        delivered = together(*[partial(deliver_due, transport=OutboxTransport(), now=NOW)] * 5)
        found = alone(_rows)

    assert failures(planned) == []
    assert failures(delivered) == []
    assert (sum(planned), sum(delivered)) == (3, 3)
    assert found == [("sent", 1)] * 3


def _rows() -> list[tuple[str, int]]:
    with across_communities():
        return list(Delivery.objects.values_list("state", "attempts"))


def test_five_days_of_pauses_grow() -> None:
    assert sorted(PAUSES) == PAUSES


class Taken(OutboxTransport):
    """A server so slow that another worker takes up the second mail while the first one is handed over."""

    def __init__(self) -> None:
        self.handed: list[str] = []

    def hand_over(self, envelope: Envelope) -> Outcome:
        self.handed.append(envelope.recipient)
        with across_communities():
            other = Delivery.objects.exclude(address=envelope.recipient)
            other.update(attempts=F("attempts") + 1, due_at=NOW + 3 * LEASE)
        return super().hand_over(envelope)


@pytest.mark.django_db
def test_what_another_worker_took_up_meanwhile_is_left_to_that_worker() -> None:
    send("maria", "jan")
    slow = Taken()
    deliver_due(transport=slow, now=NOW)

    assert len(slow.handed) == 1
    assert sorted(states().values()) == ["claimed", "sent"]


@pytest.mark.django_db
def test_an_account_that_is_closed_gets_no_mail() -> None:
    cast = build("north")
    Account.objects.filter(pk=cast.accounts["jan"].pk).update(is_active=False)
    with tenant(cast.community):
        plan(mail=mail_for(), audience=Member.objects.filter(name__in=["Jan", "Maria"]), now=NOW)

    with across_communities():
        assert Delivery.objects.get().member_id == cast.people["maria"].pk
