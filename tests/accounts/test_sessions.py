"""How long one stays signed in, and the list of devices."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.accounts import browsers, staff
from hearth.accounts.models import Account
from hearth.accounts.queries import device_key
from tests.accounts.door import NOW, ask, code_in_mail, come_in, who_is_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_member_stays_signed_in_for_90_days_of_use(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        for _ in range(3):
            clock.shift(timedelta(days=89))
            assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(days=91))
        assert browser.get("/account/")["Location"] == "/sign-in/?next=%2Faccount%2F"


def test_after_a_year_a_member_signs_in_anew(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        for _ in range(73):
            clock.shift(timedelta(days=5))
            assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(hours=1))
        assert browser.get("/account/").status_code == 302
        assert who_is_in(browser) is None


def test_staff_stay_signed_in_for_12_hours_of_use_and_7_days(
    browser: Client, elsewhere: Client, maria: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff._Rule, "is_staff", lambda account: True)
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        come_in(elsewhere, maria)
        for _ in range(14):
            clock.shift(timedelta(hours=11, minutes=59))
            assert browser.get("/account/").status_code == 200
        assert elsewhere.get("/account/").status_code == 302
        clock.shift(timedelta(minutes=15))
        assert browser.get("/account/").status_code == 302


def test_use_is_written_down_once_a_day(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        browser.get("/account/")
        clock.shift(timedelta(hours=23))
        assert _writes(browser) == []
        clock.shift(timedelta(hours=2))
        assert len(_writes(browser)) > 0
        assert _writes(browser) == []


def test_a_session_that_is_over_leads_back_to_the_page(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        clock.shift(timedelta(days=91))
        asked = browser.get("/account/devices/")["Location"]
        page = browser.get(asked).content.decode()
        assert 'name="next" value="/account/devices/"' in page
        challenge = ask(browser, maria.email, next="/account/devices/")
        assert (
            browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})["Location"]
            == "/account/devices/"
        )


def test_signing_out_takes_a_post_and_ends_the_session(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    key = browser.session.session_key
    assert browser.get("/sign-out/").status_code == 405
    assert who_is_in(browser) == maria.pk
    assert browser.post("/sign-out/")["Location"] == "/signed-out/"
    assert who_is_in(browser) is None
    assert not Session.objects.filter(pk=key).exists()
    assert browser.get("/signed-out/").status_code == 200


def test_signing_in_gives_the_session_a_new_key(browser: Client, couple: tuple[Account, Account]) -> None:
    challenge = ask(browser, couple[0].email)
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    before = browser.session.session_key
    browser.post("/sign-in/who/", {"account": couple[0].public_id})
    assert browser.session.session_key != before


def test_the_next_person_at_the_same_browser_finds_nothing_of_the_last(
    browser: Client, maria: Account, couple: tuple[Account, Account]
) -> None:
    come_in(browser, maria)
    session = browser.session
    session["left"] = "behind"
    session.save()
    come_in_anyway = ask_while_signed_in(browser, couple[0])
    browser.post("/sign-in/code/", {"code": come_in_anyway})
    browser.post("/sign-in/who/", {"account": couple[0].public_id})
    assert who_is_in(browser) == couple[0].pk
    assert "left" not in browser.session
    assert list(UserSession.objects.values_list("user_id", flat=True)) == [couple[0].pk]


def ask_while_signed_in(browser: Client, account: Account) -> str:
    """Ask for a code from the same browser, as with two open windows."""
    key = browser.cookies["browser"].value
    other = Client()
    other.cookies["browser"] = key
    return code_in_mail(ask(other, account.email))


def test_the_list_says_each_device_in_plain_words_and_this_one_first(
    browser: Client, elsewhere: Client, maria: Account
) -> None:
    come_in(elsewhere, maria)
    desk = Client(HTTP_USER_AGENT=FIREFOX)
    come_in(desk, maria)
    page = desk.get("/account/devices/").content.decode()
    assert page.index("Firefox on Windows") < page.index("This device") < page.index("Safari on iPhone")
    assert page.count("This device") == 1
    assert elsewhere.session.session_key not in page
    assert "127.0.0" not in page


def test_one_other_device_is_signed_out(browser: Client, elsewhere: Client, maria: Account) -> None:
    third = Client()
    for client in (browser, elsewhere, third):
        come_in(client, maria)
    device = _device_in_form(browser, "Safari on iPhone")
    assert browser.post("/account/devices/end/", {"device": device})["Location"] == "/account/devices/"
    assert [who_is_in(one) for one in (browser, elsewhere, third)] == [maria.pk, None, maria.pk]


def test_all_other_devices_are_signed_out(browser: Client, elsewhere: Client, maria: Account) -> None:
    come_in(elsewhere, maria)
    come_in(browser, maria)
    page = browser.post("/account/devices/end-others/", follow=True)
    assert b"1 other device is signed out." in page.content
    assert [who_is_in(one) for one in (browser, elsewhere)] == [maria.pk, None]
    assert "Safari on iPhone" not in browser.get("/account/devices/").content.decode()


def test_nobody_ends_the_devices_of_another(
    browser: Client, elsewhere: Client, maria: Account, couple: tuple[Account, Account]
) -> None:
    come_in(elsewhere, couple[0])
    elsewhere.post("/sign-in/who/", {"account": couple[0].public_id})
    come_in(browser, maria)
    browser.post("/account/devices/end/", {"device": device_key(elsewhere.session.session_key)})
    browser.post("/account/devices/end-others/")
    assert who_is_in(elsewhere) == couple[0].pk
    assert "Safari on iPhone" not in browser.get("/account/devices/").content.decode()


def test_a_device_cannot_end_itself_by_the_list(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    browser.post("/account/devices/end/", {"device": device_key(browser.session.session_key)})
    assert who_is_in(browser) == maria.pk


def test_a_device_whose_session_is_over_is_not_listed(
    browser: Client, elsewhere: Client, maria: Account
) -> None:
    come_in(elsewhere, maria)
    come_in(browser, maria)
    assert "Safari on iPhone" in browser.get("/account/devices/").content.decode()
    Session.objects.filter(pk=elsewhere.session.session_key).delete()
    assert "Safari on iPhone" not in browser.get("/account/devices/").content.decode()


def test_the_list_takes_as_many_statements_for_three_as_for_one(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    browser.get("/account/devices/")
    one = _queries(browser)
    for _ in range(2):
        come_in(Client(), maria)
    assert browser.get("/account/devices/").content.count(b'name="device"') == 2
    assert _queries(browser) == one


def test_only_the_block_of_an_address_is_stored(maria: Account) -> None:
    come_in(Client(REMOTE_ADDR="203.0.113.77"), maria)
    assert [row.ip for row in UserSession.objects.all()] == ["203.0.113.0"]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18.0 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.0", "A browser that we do not know"),
        ("", "A browser that we do not know"),
        ("Something (Linux)", "Linux"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, words: str) -> None:
    assert browsers.in_words(agent) == words


@pytest.mark.parametrize(
    "page",
    ["", "name/", "language/", "time-zone/", "devices/", "confirm/", "second-step/", "second-step/needed/"],
)
def test_a_visitor_is_asked_to_sign_in(browser: Client, db: None, page: str) -> None:
    wanted = f"/account/{page}".replace("/", "%2F")
    assert browser.get(f"/account/{page}")["Location"] == f"/sign-in/?next={wanted}"


def _device_in_form(client: Client, words: str) -> str:
    page = client.get("/account/devices/").content.decode()
    return page[page.index(words) :].split('name="device" value="')[1].split('"')[0]


def _writes(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        client.get("/account/")
    return [one["sql"] for one in caught if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get("/account/devices/")
    return len(caught)
