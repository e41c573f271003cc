"""See what Maria sees: every page as an invented member, and nothing that is done is kept."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.core.clock import now
from hearth.core.tenancy import tenant
from hearth.members import looking
from hearth.members.enums import Role
from hearth.members.models import Member
from tests.guards.world import FORMS, QUESTIONS, World, make_world, paths, table_hash

pytestmark = pytest.mark.django_db

BAR = "You see what Maria sees, an invented member."
# What may be sent while somebody looks; the rest is refused.
TAKEN = {"look_as_end", "reading", "language", "sign_out"}
Page = Any


@pytest.fixture(autouse=True)
def _own_ground(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.COMMUNITY_MEMORY_SECONDS = 0
    cache.clear()


@pytest.fixture
def world() -> World:
    return make_world("open")


def looks(world: World, role: str = "steward") -> Client:
    browser = world.client(role)
    browser.post("/c/north/look-after/look/", headers={"Referer": "http://testserver/c/north/people/"})
    return browser


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def sessions_aside(table: str) -> bool:
    return table in {"django_session", "core_ratewindow", "usersessions_usersession"}


def test_every_page_has_the_bar_with_the_way_back(world: World) -> None:
    browser = looks(world)
    for path in ("", "talk/", "talk/open/", "people/", "people/me/", "search/?q=canary", "help/", "nowhere/"):
        page = browser.get(f"/c/north/{path}")
        assert BAR in text_of(page), path
        assert 'action="/c/north/look-after/look/end/"' in page.content.decode()
    assert "Good to see you, Maria" in text_of(browser.get("/c/north/"))


def test_she_sees_what_a_member_of_nothing_sees(world: World) -> None:
    browser = looks(world)
    seen = "".join(
        browser.get(path, QUESTIONS.get(route, {})).content.decode("utf-8", "replace")
        for route, _thing, path in paths(world)
        if not route.startswith("file") and route != "mark"
    )
    assert "north-open-canary" in seen
    for secret in ("north-closed-canary", "north-hidden-canary", "north-hidden-room-canary", "guest-canary"):
        assert secret not in seen
    assert browser.get("/c/north/talk/hidden/").status_code == 404
    for path in ("people/invite/", "people/invitations/", "look-after/face/"):
        assert browser.get(f"/c/north/{path}").status_code == 404


def test_reading_and_sending_while_looking_changes_nothing(world: World) -> None:
    browser = looks(world)
    before = table_hash(sessions_aside)
    answers = {}
    for route, _thing, path in paths(world):
        browser.get(path, QUESTIONS.get(route, {}))
        # In another language the words below would be others; a test of its own chooses one.
        if route not in {"look_as_end", "sign_out", "language"}:
            answers[(route, path)] = browser.post(path, FORMS.get(route, {}))
    changed = [table for table, rows in table_hash(sessions_aside).items() if rows != before[table]]

    assert changed == []
    assert BAR in text_of(browser.get("/c/north/"))
    refused = {route for (route, _path), answer in answers.items() if answer.status_code == 403}
    assert {route for route, _path in answers} - refused <= TAKEN
    assert "Nothing is kept while you look" in text_of(
        answers[("invite_send", "/c/north/people/invite/send/")]
    )


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused_as_well(world: World, method: str) -> None:
    assert getattr(looks(world), method)("/c/north/people/me/").status_code == 403


def test_even_a_page_that_wrote_something_would_keep_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hearth.members import queries

    asked = []

    def writing_people() -> Any:
        asked.append(Member.objects.update(about="written by a page"))
        return Member.objects.order_by("pk")

    monkeypatch.setattr(queries, "people", writing_people)
    assert looks(world).get("/c/north/people/").status_code == 200
    with tenant(world.north.community):
        assert asked[0] > 0
        assert not Member.objects.filter(about="written by a page").exists()


def test_the_same_forms_are_taken_once_she_is_herself_again(world: World) -> None:
    browser = looks(world)
    end = browser.post("/c/north/look-after/look/end/")
    assert end["Location"] == "/c/north/people/"
    assert BAR not in text_of(browser.get("/c/north/"))
    assert browser.post("/c/north/people/me/", FORMS["profile"]).status_code == 302
    with tenant(world.north.community):
        assert Member.objects.get(pk=world.north.people["steward"].pk).name == "New name"


def test_ones_own_account_is_not_shown_as_hers(world: World) -> None:
    browser = looks(world)
    for path in ("account/", "account/devices/", "account/name/", "account/second-step/codes/", "sign-in/"):
        page = browser.get(f"/c/north/{path}")
        assert (page.status_code, "steward@north.example" in page.content.decode()) == (403, False), path
    assert "steward@north.example" in browser.get("/account/").content.decode()


def test_she_has_a_page_of_her_own_and_no_row(world: World) -> None:
    browser = looks(world)
    own = re.findall(
        r'href="(/c/north/people/invented\w+/)"', browser.get("/c/north/people/").content.decode()
    )
    assert text_of(browser.get(own[0])).count("Maria") >= 1
    with tenant(world.north.community):
        assert not Member.objects.filter(pk=looking.INVENTED).exists()
        assert not Member.objects.filter(public_id=looking.PUBLIC_ID).exists()
    assert world.client("steward").get(own[0]).status_code == 404


@pytest.mark.parametrize("role", ["member", "moderator", "former", "nobody", "operator", "foreign"])
def test_only_stewards_look(world: World, role: str) -> None:
    browser = world.client(role)
    assert browser.post("/c/north/look-after/look/").status_code == 404
    assert "looking" not in browser.session


def test_it_is_for_one_community_only(world: World) -> None:
    with tenant(world.south.community):
        Member.objects.create(
            community=world.south.community,
            account=world.north.accounts["steward"],
            name="Steward there",
            is_steward=True,
            joined_at=now(),
        )
    browser = looks(world)
    assert BAR not in text_of(browser.get("/c/south/"))
    assert browser.get("/c/south/people/invite/").status_code == 200
    assert BAR not in text_of(browser.get("/"))
    assert BAR in text_of(browser.get("/c/north/"))


def test_it_is_over_after_two_hours_by_itself(world: World) -> None:
    browser = looks(world)
    with time_machine.travel(now() + timedelta(hours=1, minutes=59)):
        assert BAR in text_of(browser.get("/c/north/"))
    with time_machine.travel(now() + timedelta(hours=2, minutes=1)):
        assert BAR not in text_of(browser.get("/c/north/"))
        assert "looking" not in browser.session


def test_signing_out_ends_it(world: World) -> None:
    browser = looks(world)
    assert browser.post("/c/north/sign-out/").status_code == 302
    assert "looking" not in browser.session
    browser.force_login(world.north.accounts["steward"], backend="hearth.accounts.backends.AccountBackend")
    assert BAR not in text_of(browser.get("/c/north/"))


def test_who_is_no_steward_any_more_does_not_look_any_more(world: World) -> None:
    browser = looks(world)
    with tenant(world.north.community):
        Member.objects.filter(pk=world.north.people["steward"].pk).update(is_steward=False)
    assert BAR not in text_of(browser.get("/c/north/"))


def test_nobody_begins_to_look_through_a_form_of_another_site(world: World) -> None:
    browser = world.client("steward")
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/c/north/look-after/look/").status_code == 403
    assert "looking" not in browser.session


@pytest.mark.parametrize(
    "referer", ["http://testserver//evil.example/", "https://evil.example//x.example/", "javascript:1", ""]
)
def test_the_way_back_leads_nowhere_else(world: World, referer: str) -> None:
    browser = world.client("steward")
    browser.post("/c/north/look-after/look/", headers={"Referer": referer})
    back = browser.post("/c/north/look-after/look/end/")["Location"]
    assert back.startswith("/c/north/")


def test_reading_settings_and_language_work_meanwhile(world: World) -> None:
    browser = looks(world)
    assert browser.post("/c/north/language/", {"language": "de", "next": "/c/north/"}).status_code == 302
    assert 'lang="de"' in browser.get("/c/north/").content.decode()
    assert browser.get("/c/north/reading/").status_code == 200


def test_looking_costs_no_query_more(world: World) -> None:
    from django.db import connection

    world.north.add("plain", Role.STEWARD)
    world.accounts["plain"] = world.north.accounts["plain"]
    costs = []
    for browser in (world.client("plain"), looks(world)):
        browser.get("/c/north/people/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/c/north/people/")
        costs.append(len(asked))
    # What the page costs, and the two words around it by which nothing is kept.
    assert costs[1] <= costs[0] + 2


@pytest.mark.parametrize(
    ("language", "name"),
    [("de", "Maria"), ("fr", "Marie"), ("pl", "Maria"), ("el", "Μαρία"), ("ar-EG", "مريم"), ("xx", "Maria")],
)
def test_her_name_is_one_of_the_communitys_language(language: str, name: str) -> None:
    assert looking.name_in(language) == name
