"""How often one may ask: per address, per browser, per block of IP addresses."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from hearth.accounts import visitors
from hearth.accounts.actions import forget_challenges
from hearth.accounts.models import Account, SignInChallenge
from tests.accounts.door import NOW, another_code, ask, newest, who_is_in


def test_an_address_gets_six_mails_in_15_minutes_from_whomever(maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(6):
            ask(Client(REMOTE_ADDR=f"10.0.{number}.1"), maria.email)
        page = Client(REMOTE_ADDR="10.0.99.1").post("/sign-in/", {"email": maria.email.upper()})
        assert page.status_code == 429
        assert b"15 minutes" in page.content
        assert SignInChallenge.objects.count() == 6
        ask(Client(REMOTE_ADDR="10.0.99.1"), "other@north.example")
        clock.shift(timedelta(minutes=16))
        ask(Client(REMOTE_ADDR="10.0.99.1"), maria.email)


def test_an_unknown_address_has_the_same_limit(db: None) -> None:
    statuses = [
        Client(REMOTE_ADDR=f"10.0.{n}.1").post("/sign-in/", {"email": "x@y.example"}).status_code
        for n in range(7)
    ]
    assert statuses == [302] * 6 + [429]


def test_a_browser_asks_twelve_times_an_hour(browser: Client, db: None) -> None:
    statuses = [browser.post("/sign-in/", {"email": f"p{n}@y.example"}).status_code for n in range(13)]
    assert statuses == [302] * 12 + [429]


def test_a_block_of_addresses_asks_60_times_an_hour(db: None) -> None:
    for number in range(60):
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), f"p{number}@y.example")
    assert Client(REMOTE_ADDR="192.0.2.200").post("/sign-in/", {"email": "q@y.example"}).status_code == 429
    ask(Client(REMOTE_ADDR="192.0.3.200"), "q@y.example")


def test_a_block_of_addresses_tries_60_codes_an_hour(maria: Account) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    ask(client, maria.email)
    statuses = [
        client.post("/sign-in/code/", {"code": another_code(newest())}).status_code for _ in range(61)
    ]
    assert statuses == [422] * 60 + [429]
    assert who_is_in(client) is None


def test_a_new_mail_counts_like_the_first(browser: Client, maria: Account) -> None:
    ask(browser, maria.email)
    statuses = [browser.post("/sign-in/again/").status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


@pytest.mark.parametrize(
    ("seen", "block"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::"),
        ("", "0.0.0.0"),
        ("nonsense", "0.0.0.0"),
    ],
)
def test_only_the_block_of_an_address_is_kept(seen: str, block: str) -> None:
    assert visitors.ip_block(RequestFactory().get("/", REMOTE_ADDR=seen)) == block


def test_behind_a_proxy_only_its_own_entry_counts(settings) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.77"
    )
    settings.SECURE_PROXY_SSL_HEADER = None
    assert visitors.ip_block(request) == "127.0.0.0"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert visitors.ip_block(request) == "203.0.113.0"


def test_what_was_asked_is_forgotten_after_two_days(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        ask(browser, maria.email)
    assert forget_challenges(now=NOW + timedelta(hours=47)) == 0
    assert forget_challenges(now=NOW + timedelta(hours=49)) == 1
    assert SignInChallenge.objects.count() == 0
