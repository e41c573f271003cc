"""The second step: an app, a sheet of codes, a passkey; asked at sign-in, and before something that matters."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from hearth.accounts import policy, staff
from hearth.accounts.models import Account
from hearth.core.tenancy import across_communities
from hearth.happenings.models import Happening
from tests.accounts.door import (
    NOW,
    app_code,
    ask,
    code_in_mail,
    come_in,
    give_app,
    give_sheet,
    newest,
    who_is_in,
)


def test_after_the_mail_the_app_is_asked_for(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(maria)
        challenge = ask(browser, maria.email, next="/help/")
        response = browser.post("/sign-in/code/", {"code": code_in_mail(challenge)})
        assert response["Location"] == "/sign-in/second-step/"
        assert who_is_in(browser) is None
        assert browser.get("/account/").status_code == 302
        page = browser.get("/sign-in/second-step/").content.decode()
        assert 'autocomplete="one-time-code"' in page
        wrong = browser.post("/sign-in/second-step/", {"code": "000000"})
        assert (wrong.status_code, who_is_in(browser)) == (422, None)
        assert b"does not fit" in wrong.content
        assert b"<title>Error: " in wrong.content
        assert browser.post("/sign-in/second-step/", {"code": app_code(secret)})["Location"] == "/help/"
        assert who_is_in(browser) == maria.pk


def test_the_page_of_the_second_step_is_for_those_in_between(browser: Client, maria: Account) -> None:
    assert browser.get("/sign-in/second-step/")["Location"] == "/sign-in/"
    come_in(browser, maria)
    assert browser.get("/sign-in/second-step/")["Location"] == "/"


def test_a_code_of_the_sheet_opens_once(browser: Client, elsewhere: Client, maria: Account) -> None:
    give_app(maria)
    code = give_sheet(maria)[0]
    come_in(browser, maria)
    browser.post("/sign-in/second-step/", {"code": f"{code[:4]} {code[4:]}"})
    assert who_is_in(browser) == maria.pk
    come_in(elsewhere, maria)
    assert elsewhere.post("/sign-in/second-step/", {"code": code}).status_code == 422
    assert who_is_in(elsewhere) is None


def test_guessing_the_apps_code_is_stopped(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(maria)
        come_in(browser, maria)
        for _ in range(5):
            browser.post("/sign-in/second-step/", {"code": "000000"})
        page = browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        assert page.status_code == 422
        assert b"too often" in page.content
        assert who_is_in(browser) is None


@pytest.mark.django_db(transaction=True)  # the library writes down what changed after its transaction
def test_an_app_is_set_up_without_scripts_and_gives_a_sheet(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    page = browser.get("/account/second-step/app/").content.decode()
    assert '<svg class="qr"' in page
    assert "data:" not in page
    secret = browser.session["mfa.totp.secret"]
    assert " ".join(secret[start : start + 4] for start in range(0, 32, 4)) in page
    assert browser.post("/account/second-step/app/", {"code": "000000"}).status_code == 422
    done = browser.post("/account/second-step/app/", {"code": app_code(secret)})
    assert done["Location"] == "/account/second-step/codes/"
    sheet = browser.get("/account/second-step/codes/").content.decode()
    assert sheet.count("<li><strong><code") == 10
    assert _kinds() == ["sign_in_asked", "signed_in", "second_step_added"]


def test_the_secret_of_an_app_is_sealed_in_the_database(browser: Client, maria: Account) -> None:
    secret = give_app(maria)
    stored = Authenticator.objects.get(user=maria).data["secret"]
    assert secret not in stored
    assert stored.startswith("gAAAA")


def test_the_sheet_can_be_kept_as_a_file(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret, codes = give_app(maria), give_sheet(maria)
        come_in(browser, maria)
        browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        file = browser.get("/account/second-step/codes/file/")
        assert file["Content-Type"] == "text/plain; charset=utf-8"
        assert "attachment" in file["Content-Disposition"]
        assert [f"{code[:4]} {code[4:]}" in file.content.decode() for code in codes] == [True] * 10
        assert "Maria Weber" in file.content.decode()


def test_a_new_sheet_ends_the_old_one(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret, codes = give_app(maria), give_sheet(maria)
        come_in(browser, maria)
        browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        assert browser.get("/account/second-step/codes/new/").status_code == 200
        assert f"{codes[0][:4]} {codes[0][4:]}" in browser.get("/account/second-step/codes/").content.decode()
        assert browser.post("/account/second-step/codes/new/")["Location"] == "/account/second-step/codes/"
        assert (
            f"{codes[0][:4]} {codes[0][4:]}"
            not in browser.get("/account/second-step/codes/").content.decode()
        )


def test_nobody_sees_a_sheet_that_is_not_theirs(
    browser: Client, maria: Account, couple: tuple[Account, Account]
) -> None:
    give_app(couple[0])
    give_sheet(couple[0])
    come_in(browser, maria)
    assert browser.get("/account/second-step/codes/").status_code == 404
    assert browser.get("/account/second-step/codes/file/").status_code == 404


def test_removing_the_app_is_asked_and_recorded(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(maria)
        come_in(browser, maria)
        browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        assert browser.get("/account/second-step/app/remove/").status_code == 200
        assert Authenticator.objects.count() == 1
        assert browser.post("/account/second-step/app/remove/")["Location"] == "/account/second-step/"
    assert Authenticator.objects.count() == 0
    assert _kinds()[-1] == "second_step_removed"
    assert maria.email not in str(_happenings())


FRESH_PAGES = ["app/", "app/remove/", "codes/", "codes/file/", "codes/new/"]


@pytest.mark.parametrize(
    "page", [*(f"/account/second-step/{one}" for one in FRESH_PAGES), "/account/passkeys/add/"]
)
def test_what_matters_asks_for_a_fresh_code(browser: Client, maria: Account, page: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, maria)
        clock.shift(policy.FRESH + timedelta(seconds=1))
        for answer in (browser.get(page), browser.post(page)):
            asked = f"/account/confirm/?next={page.replace('/', '%2F')}"
            assert answer.status_code == 405 or answer["Location"] == asked
        assert browser.get(page).status_code == 302
        assert b"maria@north.example" in browser.get("/account/confirm/").content
        assert (
            browser.post("/account/confirm/", {"next": "/account/second-step/app/"})["Location"]
            == "/sign-in/code/"
        )
        back = browser.post("/sign-in/code/", {"code": code_in_mail(newest())})
        assert back["Location"] == "/account/second-step/app/"
        assert browser.get("/account/second-step/app/").status_code == 200


def test_who_shares_an_address_is_not_asked_who_when_confirming(
    browser: Client, couple: tuple[Account, Account]
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        come_in(browser, couple[1])
        browser.post("/sign-in/who/", {"account": couple[1].public_id})
        clock.shift(timedelta(hours=1))
        browser.post("/account/confirm/", {"next": "/account/"})
        assert browser.post("/sign-in/code/", {"code": code_in_mail(newest())})["Location"] == "/account/"
        assert who_is_in(browser) == couple[1].pk


def test_with_an_app_its_code_is_asked_for_instead(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        secret = give_app(maria)
        come_in(browser, maria)
        browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        clock.shift(timedelta(hours=1))
        asked = browser.get("/account/second-step/app/remove/")["Location"]
        assert asked == "/account/confirm/code/?next=%2Faccount%2Fsecond-step%2Fapp%2Fremove%2F"
        assert browser.get(asked).status_code == 200
        assert browser.post(asked, {"code": "000000"}).status_code == 422
        assert (
            browser.post(asked, {"code": app_code(secret)})["Location"] == "/account/second-step/app/remove/"
        )
        assert browser.get("/account/second-step/app/remove/").status_code == 200


def test_a_fresh_mail_is_not_enough_where_there_is_an_app(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    assert browser.get("/account/passkeys/add/").status_code == 200
    give_app(maria)
    asked = browser.get("/account/passkeys/add/")["Location"]
    assert asked == "/account/confirm/code/?next=%2Faccount%2Fpasskeys%2Fadd%2F"


def test_confirming_leads_nowhere_else(browser: Client, maria: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(maria)
        come_in(browser, maria)
        browser.post("/sign-in/second-step/", {"code": app_code(secret)})
        with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
            back = browser.post(
                "/account/confirm/code/?next=https://evil.example/", {"code": app_code(secret)}
            )
            assert back["Location"] == "/"


@pytest.mark.django_db(transaction=True)  # the library writes down what changed after its transaction
def test_staff_without_a_second_step_are_led_to_it(browser: Client, maria: Account, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.accounts.steward_urls"
    with time_machine.travel(NOW, tick=False):
        come_in(browser, maria)
        assert browser.get("/steward/")["Location"] == "/account/second-step/needed/?next=%2Fsteward%2F"
        page = browser.get("/account/second-step/needed/?next=/steward/").content.decode()
        assert 'href="/account/passkeys/add/?next=%2Fsteward%2F"' in page
        add = "/account/second-step/app/?next=%2Fsteward%2F"
        assert f'href="{add}"' in page
        browser.get(add)
        done = browser.post(add, {"code": app_code(browser.session["mfa.totp.secret"])})
        assert done["Location"] == "/account/second-step/codes/?next=%2Fsteward%2F"
        assert 'href="/steward/"' in browser.get(done["Location"]).content.decode()
        assert browser.get("/steward/").content == b"the steward's page"
        assert browser.session["staff"] is True


def test_staff_whose_step_was_not_taken_in_this_session_take_it_now(
    browser: Client, maria: Account, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.accounts.steward_urls"
    come_in(browser, maria)
    give_app(maria)
    assert browser.get("/steward/")["Location"] == "/account/confirm/code/?next=%2Fsteward%2F"


def test_a_visitor_at_a_staff_page_signs_in(browser: Client, db: None, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.accounts.steward_urls"
    assert browser.get("/steward/")["Location"] == "/sign-in/?next=%2Fsteward%2F"


def test_sample_people_are_let_off_the_second_step(browser: Client, maria: Account, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.accounts.steward_urls"
    maria.is_sample = True
    maria.save()
    come_in(browser, maria)
    assert browser.get("/steward/").content == b"the steward's page"
    assert policy.needs_second_step(maria, staff=True, now=NOW) is False


def test_who_is_staff_is_told_from_above(maria: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff._Rule, "is_staff", None)
    monkeypatch.setattr(staff._Rule, "may_wait", None)
    assert staff.is_staff(maria) is False
    staff.fill(is_staff=lambda account: account.pk == maria.pk)
    assert staff.is_staff(maria) is True
    assert policy.needs_second_step(maria, staff=True, now=NOW) is True
    assert policy.needs_second_step(maria, staff=False, now=NOW) is False


def test_recovery_codes_alone_are_no_second_step(maria: Account) -> None:
    give_sheet(maria)
    assert policy.has_second_step(maria) is False
    give_app(maria)
    assert policy.has_second_step(maria) is True


def _kinds() -> list[str]:
    return [row["kind"] for row in _happenings()]


def _happenings() -> list[dict[str, Any]]:
    with across_communities():  # security events belong to the deployment
        return list(Happening.objects.order_by("pk").values("kind", "data"))
