"""Whether somebody has an address is told by no word, no status, no row and no measurable time (ASVS 5.0.0, 6.3.8)."""

import re
import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.accounts import queries
from hearth.accounts.models import Account, SignInChallenge
from tests.accounts.door import another_code, ask, newest

KNOWN, UNKNOWN = "maria@north.example", "clara@north.example"


def test_pages_are_the_same_byte_for_byte(maria: Account) -> None:
    assert _walk(KNOWN) == _walk(UNKNOWN)


def test_statements_are_the_same(maria: Account) -> None:
    assert _statements(KNOWN) == _statements(UNKNOWN)


def test_a_mail_goes_only_to_an_address_that_is_known(browser: Client, maria: Account) -> None:
    assert queries.sign_in_words(ask(browser, UNKNOWN).pk) is None
    words = queries.sign_in_words(ask(browser, KNOWN).pk)
    assert words is not None
    assert (words.to, words.name, words.language, words.community) == (KNOWN, "Maria Weber", "en", None)
    assert words.link.startswith("http")
    assert len(words.code) == 6


def test_both_write_a_row(browser: Client, maria: Account) -> None:
    ask(browser, KNOWN)
    ask(browser, UNKNOWN)
    rows = SignInChallenge.objects.order_by("pk").values(
        "kind", "account", "next_path", "wrong_tries", "used_at"
    )
    assert rows[0] == rows[1]


def test_a_right_code_for_nobody_is_a_wrong_one(browser: Client, maria: Account) -> None:
    from hearth.accounts import codes

    challenge = ask(browser, UNKNOWN)
    page = browser.post("/sign-in/code/", {"code": codes.code_of(challenge.public_id)})
    assert page.status_code == 422
    assert b"does not fit" in page.content
    challenge.refresh_from_db()
    assert (challenge.used_at, challenge.wrong_tries) == (None, 1)


def test_the_time_is_the_same(maria: Account, settings) -> None:
    """A few tries here, of work done, since others may share the machine; `bench/enumeration.py` takes 500 by the clock."""
    known, unknown = [], []
    for number in range(30):
        for times, address in ((known, KNOWN), (unknown, UNKNOWN)):
            client = Client(REMOTE_ADDR=f"10.{number}.{len(times) % 250}.1")
            SignInChallenge.objects.all().delete()
            _forget_limits()
            start = time.thread_time()
            client.post("/sign-in/", {"email": address})
            times.append(time.thread_time() - start)
    assert abs(statistics.median(known) - statistics.median(unknown)) < 0.005


def _walk(address: str) -> list[tuple[int, str]]:
    client = Client()
    seen = []
    for response in (
        client.post("/sign-in/", {"email": address}),
        client.get("/sign-in/code/"),
        client.post("/sign-in/code/", {"code": another_code(newest())}),
        client.post("/sign-in/again/"),
        client.get("/sign-in/code/"),
        *[client.post("/sign-in/code/", {"code": another_code(newest())}) for _ in range(5)],
    ):
        words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        code = re.search(r'id="id_code"[^>]*value="(\w+)"', words)
        seen.append(
            (response.status_code, words.replace(address, "?").replace(code[1] if code else "?", "?"))
        )
    _forget_limits()
    return seen


def _statements(address: str) -> list[str]:
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.post("/sign-in/", {"email": address})
        client.post("/sign-in/code/", {"code": another_code(newest())})
    _forget_limits()
    return [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in caught.captured_queries]


def _forget_limits() -> None:
    from hearth.core.models import RateWindow

    RateWindow.objects.all().delete()
