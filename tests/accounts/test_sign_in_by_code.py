"""The code of the mail: 15 minutes, 5 wrong tries, any spelling, and the older one goes on working."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from hearth.accounts import policy
from hearth.accounts.models import Account, SignInChallenge
from hearth.core.tenancy import across_communities
from hearth.happenings.models import Happening
from tests.accounts.door import NOW, another_code, ask, code_in_mail, newest, who_is_in


def test_a_code_opens_the_door_and_leads_to_where_the_person_wanted(browser: Client, maria: Account) -> None:
    challenge = ask(browser, " Maria@North.example ", next="/people/?page=2")
    page = browser.get("/sign-in/code/")
    assert b'autocomplete="one-time-code"' in page.content
    assert b"maria@north.example" in page.content
    response = browser.post("/sign-in/code/", {"code": code_in_mail(challenge).lower()})
    assert response.status_code == 302
    assert response["Location"] == "/people/?page=2"
    assert who_is_in(browser) == maria.pk


def test_a_code_works_once(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    code = code_in_mail(challenge)
    browser.post("/sign-in/code/", {"code": code})
    browser.post("/sign-out/")
    assert who_is_in(browser) is None
    response = browser.post("/sign-in/code/", {"code": code})
    assert response.status_code == 422
    assert b"used already" in response.content
    assert who_is_in(browser) is None


def test_a_code_works_for_15_minutes_and_no_longer(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        code = code_in_mail(ask(browser, maria.email))
        clock.shift(policy.CODE_LASTS + timedelta(seconds=1))
        late = browser.post("/sign-in/code/", {"code": code})
        assert late.status_code == 422
        assert b"too old" in late.content
        assert who_is_in(browser) is None
        clock.shift(timedelta(seconds=-2))
        assert browser.post("/sign-in/code/", {"code": code}).status_code == 302
        assert who_is_in(browser) == maria.pk


def test_an_expired_code_is_replaced_by_one_button(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        first = ask(browser, maria.email, next="/people/")
        clock.shift(timedelta(hours=3))
        page = browser.post("/sign-in/code/", {"code": code_in_mail(first)})
        assert page.content.count(b"<input") - page.content.count(b'type="hidden"') == 0
        response = browser.post("/sign-in/again/")
        assert response["Location"] == "/sign-in/code/"
        second = newest()
        assert (second.pk, second.address, second.next_path) == (second.pk, maria.email, "/people/")
        assert second.pk != first.pk
        assert browser.post("/sign-in/code/", {"code": code_in_mail(second)})["Location"] == "/people/"


def test_a_new_code_does_not_end_the_old_one(browser: Client, maria: Account) -> None:
    first = ask(browser, maria.email)
    browser.post("/sign-in/again/")
    assert newest().pk != first.pk
    assert browser.post("/sign-in/code/", {"code": code_in_mail(first)}).status_code == 302
    assert who_is_in(browser) == maria.pk


def test_after_five_wrong_tries_the_right_code_no_longer_works(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    wrong = another_code(challenge)
    for _ in range(4):
        page = browser.post("/sign-in/code/", {"code": wrong})
        assert page.status_code == 422
        assert b"does not fit" in page.content
    assert b"tried too often" in browser.post("/sign-in/code/", {"code": wrong}).content
    assert b"tried too often" in browser.post("/sign-in/code/", {"code": code_in_mail(challenge)}).content
    assert who_is_in(browser) is None
    challenge.refresh_from_db()
    assert challenge.wrong_tries == 5


def test_four_wrong_tries_leave_one_that_works(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    for _ in range(4):
        browser.post("/sign-in/code/", {"code": another_code(challenge)})
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert who_is_in(browser) == maria.pk


def test_a_wrong_code_keeps_the_page_with_its_words(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    page = browser.post("/sign-in/code/", {"code": another_code(challenge)}).content.decode()
    assert "<title>Error: " in page
    assert 'href="#id_code"' in page
    assert another_code(challenge) in page


def test_nothing_typed_counts_as_no_try(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    page = browser.post("/sign-in/code/", {"code": "  "})
    assert page.status_code == 422
    assert b"Enter the 6 characters" in page.content
    challenge.refresh_from_db()
    assert challenge.wrong_tries == 0


def test_a_code_of_another_browser_opens_nothing(browser: Client, elsewhere: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    assert elsewhere.get("/sign-in/code/")["Location"] == "/sign-in/"
    ask(elsewhere, "stranger@north.example")
    assert elsewhere.post("/sign-in/code/", {"code": code_in_mail(challenge)}).status_code == 422
    assert who_is_in(elsewhere) is None


@pytest.mark.django_db
def test_the_database_holds_neither_code_nor_key(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    row = str(SignInChallenge.objects.filter(pk=challenge.pk).values().get())
    assert challenge.public_id in row
    assert code_in_mail(challenge) not in row
    assert browser.cookies["browser"].value not in row


def test_what_happened_is_recorded_without_an_address_or_a_code(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    code = code_in_mail(challenge)
    browser.post("/sign-in/code/", {"code": code})
    browser.post("/sign-out/")
    with across_communities():  # sign-in belongs to the deployment
        rows = list(Happening.objects.order_by("pk").values("kind", "subject_kind", "subject_id", "data"))
    assert [row["kind"] for row in rows] == ["sign_in_asked", "signed_in", "signed_out"]
    assert rows[0]["subject_id"] == challenge.pk
    assert rows[1] == {
        "kind": "signed_in",
        "subject_kind": "account",
        "subject_id": maria.pk,
        "data": {"how": "code"},
    }
    assert maria.email not in str(rows)
    assert code not in str(rows)


def test_the_cookie_that_binds_the_browser_is_kept_from_scripts(browser: Client, maria: Account) -> None:
    ask(browser, maria.email)
    cookie = browser.cookies["browser"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] >= 24 * 3600


@pytest.mark.parametrize(
    "typed", ["", "maria", "maria@", "@north.example", "a b@north.example", "x" * 250 + "@north.example"]
)
def test_an_address_that_is_none_is_asked_for_again(browser: Client, db: None, typed: str) -> None:
    page = browser.post("/sign-in/", {"email": typed, "next": "/people/"})
    assert page.status_code == 422
    assert b"<title>Error: " in page.content
    assert b'href="#id_email"' in page.content
    assert b'name="next" value="/people/"' in page.content
    assert SignInChallenge.objects.count() == 0


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/%0d%0aX: y\r\n",
        "///evil.example",
        "people/",
        "/" + "x" * 600,
    ],
)
def test_nobody_is_led_to_another_place(browser: Client, maria: Account, wanted: str) -> None:
    challenge = ask(browser, maria.email, next=wanted)
    assert challenge.next_path == ""
    response = browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert response["Location"] == "/"


def test_who_is_signed_in_already_goes_straight_on(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert browser.get("/sign-in/?next=/people/")["Location"] == "/people/"
    assert browser.get("/sign-in/?next=https://evil.example/")["Location"] == "/"


def test_a_closed_account_is_nobodys(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    code = code_in_mail(challenge)
    maria.is_active = False
    maria.save()
    assert browser.post("/sign-in/code/", {"code": code}).status_code == 422
    assert who_is_in(browser) is None


def test_an_account_that_is_closed_is_out_at_once(browser: Client, maria: Account) -> None:
    challenge = ask(browser, maria.email)
    browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
    assert browser.get("/account/").status_code == 200
    Account.objects.filter(pk=maria.pk).update(is_active=False)
    assert browser.get("/account/")["Location"] == "/sign-in/?next=%2Faccount%2F"
