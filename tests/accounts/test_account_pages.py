"""One's own account: name, language, clock; and the sample door."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from hearth.accounts import sessions
from hearth.accounts.actions import make_account, rename_account, set_language, set_time_zone
from hearth.accounts.models import Account, ContactPoint
from hearth.accounts.queries import accounts_at
from hearth.core.errors import Invalid, NotFound
from tests.accounts.door import NOW, come_in, give_app


def test_the_page_shows_what_is_kept(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    page = browser.get("/account/").content.decode()
    for words in ("Maria Weber", "maria@north.example", "English", "Sign out on this device"):
        assert words in page


def test_a_name_in_any_alphabet_is_kept(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    assert browser.post("/account/name/", {"name": "  Μαρία   O’Weber "})["Location"] == "/account/"
    maria.refresh_from_db()
    assert maria.name == "Μαρία O’Weber"
    for empty in ("", "   "):
        assert browser.post("/account/name/", {"name": empty}).status_code == 422
    maria.refresh_from_db()
    assert maria.name == "Μαρία O’Weber"


def test_the_language_is_remembered_here_and_in_the_account(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    response = browser.post("/account/language/", {"language": "de"})
    assert response.cookies["language"].value == "de"
    maria.refresh_from_db()
    assert maria.language == "de"
    assert browser.get("/account/")["Content-Language"] == "de"
    assert browser.post("/account/language/", {"language": "xx"}).status_code == 422


def test_the_clock_is_remembered(browser: Client, maria: Account) -> None:
    come_in(browser, maria)
    browser.post("/account/time-zone/", {"time_zone": "Atlantic/Azores"})
    maria.refresh_from_db()
    assert maria.time_zone == "Atlantic/Azores"
    assert b"Atlantic/Azores" in browser.get("/account/").content
    assert browser.post("/account/time-zone/", {"time_zone": "Middle/Earth"}).status_code == 422
    browser.post("/account/time-zone/", {"time_zone": "community"})
    maria.refresh_from_db()
    assert maria.time_zone == ""


def test_the_domain_refuses_what_no_page_would_send(maria: Account) -> None:
    for refused in (
        lambda: set_language(by=maria, language="tlh"),
        lambda: set_time_zone(by=maria, time_zone="Mars"),
        lambda: rename_account(by=maria, name=" \n "),
        lambda: make_account(name="", email="a@b.example", now=NOW),
    ):
        with pytest.raises(Invalid):
            refused()


def test_an_account_is_found_by_its_address_and_by_its_contact_points(maria: Account) -> None:
    ContactPoint.objects.create(account=maria, kind="email", value="second@north.example", verified_at=NOW)
    ContactPoint.objects.create(account=maria, kind="email", value="unproven@north.example")
    ContactPoint.objects.create(account=maria, kind="phone", value="+3225550100", verified_at=NOW)
    assert list(accounts_at("MARIA@north.example")) == [maria]
    assert list(accounts_at("second@north.example")) == [maria]
    assert list(accounts_at("unproven@north.example")) == []
    assert list(accounts_at("+3225550100")) == []
    assert list(accounts_at("")) == []


def test_an_account_without_an_address_can_be_made_but_not_entered(db: None) -> None:
    by_post = make_account(name="Otto", email="", now=NOW)
    assert by_post.contact_points.count() == 0
    assert list(accounts_at("")) == []
    assert by_post.has_usable_password() is False


def test_the_sample_door_lets_in_only_sample_people_and_only_while_open(maria: Account, settings) -> None:
    sample = make_account(name="Sample Sam", email="sam@sample.example", is_sample=True, now=NOW)
    for is_open, account in ((False, sample), (False, maria), (True, maria)):
        settings.SAMPLE_DOOR = is_open
        with pytest.raises(NotFound):
            sessions.sign_in_as_sample(_request(), account)
    settings.SAMPLE_DOOR = True
    give_app(sample)  # what one visitor sets up must not keep the next one out
    request = _request(next="/people/")
    response = _enter(request, sample)
    assert response["Location"] == "/people/"
    assert request.session["_auth_user_id"] == str(sample.pk)


def test_every_page_of_the_door_works_without_scripts_and_asks_nothing_of_the_browser(
    browser: Client, maria: Account
) -> None:
    come_in(browser, maria)
    for path in (
        "/account/",
        "/account/name/",
        "/account/language/",
        "/account/time-zone/",
        "/account/devices/",
    ):
        page = browser.get(path).content.decode()
        for never in (" required", "style=", "onclick", "placeholder", "<script>", " disabled"):
            assert never not in page, (path, never)
        assert page.count("<h1") == 1, path


def _request(**sent: str) -> HttpRequest:
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.contrib.sessions.backends.db import SessionStore

    request = RequestFactory().post("/sample/", sent)
    request.user, request.session = AnonymousUser(), SessionStore()
    request._messages = FallbackStorage(request)
    return request


def _enter(request: HttpRequest, account: Account):
    from types import SimpleNamespace

    from allauth.core import context

    request.allauth = SimpleNamespace()
    with context.request_context(request):
        return sessions.sign_in_as_sample(request, account)
