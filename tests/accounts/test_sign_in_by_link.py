"""The link of the mail: a day, once, in the browser that asked, by a button; elsewhere the code."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from hearth.accounts import actions, codes, policy, queries
from hearth.accounts.actions import operator_link
from hearth.accounts.enums import Answer
from hearth.accounts.models import Account, SignInChallenge
from hearth.core.errors import NotFound
from tests.accounts.door import NOW, another_code, ask, code_in_mail, link_in_mail, newest, who_is_in


def test_a_link_opens_by_its_button(browser: Client, maria: Account) -> None:
    link = link_in_mail(ask(browser, maria.email, next="/people/"))
    page = browser.get(link)
    assert page.status_code == 200
    assert page.content.count(b"<form") - page.content.count(b'class="languages"') == 1
    assert b'name="code"' not in page.content
    assert browser.post(link)["Location"] == "/people/"
    assert who_is_in(browser) == maria.pk


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_changes_nothing(browser: Client, maria: Account, method: str) -> None:
    challenge = ask(browser, maria.email)
    before = SignInChallenge.objects.filter(pk=challenge.pk).values().get()
    for _ in range(3):
        getattr(Client(), method)(link_in_mail(challenge))
        getattr(browser, method)(link_in_mail(challenge))
    assert SignInChallenge.objects.filter(pk=challenge.pk).values().get() == before
    assert who_is_in(browser) is None
    browser.post(link_in_mail(challenge))
    assert who_is_in(browser) == maria.pk


def test_a_scanner_that_presses_the_button_does_not_get_in(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    scanner = Client()
    page = scanner.post(link_in_mail(challenge))
    assert page.status_code == 200
    assert who_is_in(scanner) is None
    browser.post(link_in_mail(challenge))
    assert who_is_in(browser) == maria.pk


def test_a_link_opens_the_door_once(browser: Client, maria: Account) -> None:
    link = link_in_mail(ask(browser, maria.email))
    browser.post(link)
    browser.post("/sign-out/")
    assert b"used already" in browser.get(link).content
    assert browser.post(link).status_code == 422
    assert who_is_in(browser) is None


def test_of_two_that_open_it_at_the_same_moment_one_gets_in(
    browser: Client, maria: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = ask(browser, maria.email)
    token, key = codes.link_token(challenge.public_id), browser.cookies["browser"].value
    # Both have read the row before either has written it.
    monkeypatch.setattr(queries, "challenge_with_token", lambda _token: challenge)
    moment = challenge.asked_at
    found = [actions.sign_in_by_link(token=token, browser_key=key, now=moment).answer for _ in range(2)]
    assert found == [Answer.RIGHT, Answer.USED]


def test_the_code_is_used_up_by_the_link(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    browser.post(link_in_mail(challenge))
    browser.post("/sign-out/")
    assert browser.post("/sign-in/code/", {"code": code_in_mail(challenge)}).status_code == 422
    assert who_is_in(browser) is None


def test_a_second_tap_on_the_link_leads_on(browser: Client, maria: Account) -> None:
    link = link_in_mail(ask(browser, maria.email, next="/people/"))
    browser.post(link)
    assert browser.get(link)["Location"] == "/people/"


def test_a_link_works_for_a_day_and_no_longer(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        link = link_in_mail(ask(browser, maria.email))
        clock.shift(policy.LINK_LASTS + timedelta(seconds=1))
        assert b"too old" in browser.get(link).content
        assert browser.post(link).status_code == 422
        assert who_is_in(browser) is None
        clock.shift(timedelta(seconds=-2))
        browser.post(link)
        assert who_is_in(browser) == maria.pk


def test_an_expired_link_is_replaced_by_one_button(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        first = ask(browser, maria.email, next="/people/")
        clock.shift(timedelta(hours=25))
        token = link_in_mail(first).strip("/").split("/")[-1]
        assert f'name="token" value="{token}"' in browser.get(link_in_mail(first)).content.decode()
        browser.post("/sign-in/again/", {"token": token})
        assert newest().pk != first.pk
        assert browser.post(link_in_mail(newest()))["Location"] == "/people/"


def test_another_browser_is_asked_for_the_code_and_not_told_the_address(
    browser: Client, elsewhere: Client, maria: Account
) -> None:
    challenge = ask(browser, maria.email, next="/people/")
    page = elsewhere.get(link_in_mail(challenge)).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert maria.email not in page
    response = elsewhere.post(link_in_mail(challenge), {"code": code_in_mail(challenge)})
    assert response["Location"] == "/people/"
    assert who_is_in(elsewhere) == maria.pk
    assert who_is_in(browser) is None


def test_a_wrong_code_counts_in_another_browser_too(
    browser: Client, elsewhere: Client, maria: Account
) -> None:
    challenge = ask(browser, maria.email)
    for _ in range(5):
        assert elsewhere.post(link_in_mail(challenge), {"code": another_code(challenge)}).status_code == 422
    elsewhere.post(link_in_mail(challenge), {"code": code_in_mail(challenge)})
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert who_is_in(elsewhere) is who_is_in(browser) is None


def test_in_another_browser_only_the_15_minutes_count(
    browser: Client, elsewhere: Client, maria: Account
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        challenge = ask(browser, maria.email)
        clock.shift(policy.CODE_LASTS + timedelta(seconds=1))
        assert b"too old" in elsewhere.get(link_in_mail(challenge)).content
        assert elsewhere.post(link_in_mail(challenge), {"code": code_in_mail(challenge)}).status_code == 422
        assert who_is_in(elsewhere) is None
        token = link_in_mail(challenge).strip("/").split("/")[-1]
        elsewhere.post("/sign-in/again/", {"token": token})
        elsewhere.post("/sign-in/code/", {"code": code_in_mail(newest())})
        assert who_is_in(elsewhere) == maria.pk


@pytest.mark.parametrize("spoil", ["x", "short", "0" * 46])
def test_a_link_that_we_never_made_is_not_there(browser: Client, maria: Account, spoil: str) -> None:
    link = link_in_mail(ask(browser, maria.email))
    broken = (
        link[:-2] + ("a" if link[-2] != "a" else "b") + "/" if spoil == "x" else f"/sign-in/link/{spoil}/"
    )
    assert browser.get(broken).status_code == 404
    assert browser.post(broken).status_code == 404
    assert browser.post("/sign-in/again/", {"token": broken.split("/")[-2]})["Location"] == "/sign-in/"


def test_pages_with_codes_and_links_are_never_kept(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    for path in ("/sign-in/", "/sign-in/code/", link_in_mail(challenge)):
        assert "no-store" in browser.get(path)["Cache-Control"], path


def test_an_operators_link_opens_once_in_any_browser(
    elsewhere: Client, browser: Client, maria: Account
) -> None:
    with time_machine.travel(NOW, tick=False):
        path = "/" + operator_link(email="MARIA@north.example", now=NOW).split("/", 3)[3]
        assert elsewhere.get(path).status_code == 200
        assert who_is_in(elsewhere) is None
        elsewhere.post(path)
        assert who_is_in(elsewhere) == maria.pk
        browser.post(path)
        assert who_is_in(browser) is None


def test_an_operators_link_has_no_code_and_no_mail(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        path = "/" + operator_link(email=maria.email, now=NOW).split("/", 3)[3]
        made = newest()
        assert queries.sign_in_words(made.pk) is None
        assert browser.post(path, {"code": codes.code_of(made.public_id)}).status_code == 422
        clock.shift(policy.LINK_LASTS + timedelta(seconds=1))
        browser.post(path)
        assert who_is_in(browser) is None


def test_an_operators_link_names_each_of_those_who_share_an_address(couple: tuple[Account, Account]) -> None:
    lines = operator_link(email="roth@north.example", now=NOW).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["Anna Roth", "Karl Roth"]
    assert len({line.split(": ")[1] for line in lines}) == 2


def test_an_operators_link_needs_a_known_address(db: None) -> None:
    with pytest.raises(NotFound):
        operator_link(email="nobody@north.example", now=NOW)
