"""Two people at one address: after the mail the page asks who it is, and nobody else is named."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from hearth.accounts.actions import choose_account
from hearth.accounts.models import Account
from hearth.core.errors import NotFound
from tests.accounts.door import NOW, ask, code_in_mail, link_in_mail, newest, who_is_in


def test_after_the_code_only_those_at_the_address_are_named(
    browser: Client, couple: tuple[Account, Account], maria: Account
) -> None:
    challenge = ask(browser, "roth@north.example", next="/people/")
    assert browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})["Location"] == "/sign-in/who/"
    assert who_is_in(browser) is None
    page = browser.get("/sign-in/who/").content.decode()
    assert page.index("Anna Roth") < page.index("Karl Roth")
    assert "Maria Weber" not in page
    assert " checked" not in page
    assert browser.post("/sign-in/who/", {"account": couple[1].public_id})["Location"] == "/people/"
    assert who_is_in(browser) == couple[1].pk


def test_the_link_asks_as_well(browser: Client, couple: tuple[Account, Account]) -> None:
    link = link_in_mail(ask(browser, "roth@north.example"))
    assert browser.post(link)["Location"] == "/sign-in/who/"
    browser.post("/sign-in/who/", {"account": couple[0].public_id})
    assert who_is_in(browser) == couple[0].pk


@pytest.mark.parametrize("chosen", ["", "nonsense", "maria"])
def test_nobody_else_can_be_chosen(
    browser: Client, couple: tuple[Account, Account], maria: Account, chosen: str
) -> None:
    challenge = ask(browser, "roth@north.example")
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    account = maria.public_id if chosen == "maria" else chosen
    page = browser.post("/sign-in/who/", {"account": account})
    assert page.status_code == 422
    assert b"Choose your name." in page.content
    assert who_is_in(browser) is None


def test_names_are_shown_to_nobody_who_has_not_met_the_code(
    browser: Client, elsewhere: Client, couple: tuple[Account, Account]
) -> None:
    challenge = ask(browser, "roth@north.example")
    assert browser.get("/sign-in/who/")["Location"] == "/sign-in/"
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert browser.get("/sign-in/who/").status_code == 200
    assert elsewhere.get("/sign-in/who/")["Location"] == "/sign-in/"
    assert elsewhere.post("/sign-in/who/", {"account": couple[0].public_id})["Location"] == "/sign-in/"


def test_the_question_waits_two_hours(browser: Client, couple: tuple[Account, Account]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        challenge = ask(browser, "roth@north.example")
        browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
        clock.shift(timedelta(minutes=119))
        assert browser.get("/sign-in/who/").status_code == 200
        clock.shift(timedelta(minutes=2))
        assert browser.get("/sign-in/who/")["Location"] == "/sign-in/"
        with pytest.raises(NotFound):
            choose_account(
                challenge_id=newest().pk, account=couple[0].public_id, now=NOW + timedelta(minutes=121)
            )


def test_a_choice_needs_a_challenge_that_was_met(browser: Client, couple: tuple[Account, Account]) -> None:
    challenge = ask(browser, "roth@north.example")
    with pytest.raises(NotFound):
        choose_account(challenge_id=challenge.pk, account=couple[0].public_id, now=NOW)
