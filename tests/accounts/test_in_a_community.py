"""The same door inside a community: its links, its name in the mail, and never a way out of its path."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from hearth.accounts import queries
from hearth.accounts.models import Account, SignInChallenge
from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.core.tenancy import across_communities
from hearth.happenings.models import Happening
from tests.accounts.door import NOW, app_code, code_in_mail, give_app, newest, who_is_in


@pytest.fixture
def north(db: None, settings: Any) -> Community:
    settings.COMMUNITY_MEMORY_SECONDS = 0  # each test has a community of its own
    return found_community(slug="north", name="The North Society", country="IE", languages=["en"], now=NOW)


def test_every_step_stays_in_the_community(browser: Client, maria: Account, north: Community) -> None:
    asked = browser.post("/c/north/sign-in/", {"email": maria.email})
    assert asked["Location"] == "/c/north/sign-in/code/"
    words = queries.sign_in_words(newest().pk)
    assert words is not None
    assert words.community == north
    assert "/c/north/sign-in/link/" in words.link
    assert browser.get("/" + words.link.split("/", 3)[3]).status_code == 200
    entered = browser.post("/c/north/sign-in/code/", {"code": words.code})
    assert entered["Location"] == "/c/north/"
    assert who_is_in(browser) == maria.pk
    assert 'action="/c/north/sign-out/"' in browser.get("/c/north/account/").content.decode()


def test_the_second_step_stays_in_the_community(browser: Client, maria: Account, north: Community) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = give_app(maria)
        browser.post("/c/north/sign-in/", {"email": maria.email, "next": "/c/north/account/devices/"})
        step = browser.post("/c/north/sign-in/code/", {"code": code_in_mail(newest())})
        assert step["Location"] == "/c/north/sign-in/second-step/"
        entered = browser.post("/c/north/sign-in/second-step/", {"code": app_code(secret)})
        assert entered["Location"] == "/c/north/account/devices/"
        assert browser.get("/c/north/account/devices/").status_code == 200


def test_what_happened_belongs_to_the_community_where_it_happened(
    browser: Client, maria: Account, north: Community
) -> None:
    browser.post("/c/north/sign-in/", {"email": maria.email})
    browser.post("/c/north/sign-in/code/", {"code": code_in_mail(newest())})
    with across_communities():  # one row each of the deployment and of the community would be a fault
        kinds = ["sign_in_asked", "signed_in"]
        rows = Happening.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", "community_id")
        assert list(rows) == [("sign_in_asked", north.pk), ("signed_in", north.pk)]


def test_a_mail_asked_for_in_one_community_opens_from_the_network_too(
    browser: Client, maria: Account, north: Community
) -> None:
    browser.post("/c/north/sign-in/", {"email": maria.email})
    browser.post("/sign-in/code/", {"code": code_in_mail(newest())})
    assert who_is_in(browser) == maria.pk


@pytest.mark.parametrize(("wanted", "language"), [("de", "de"), ("fr-CH, de;q=0.5", "fr"), ("pt", "en")])
def test_the_mail_speaks_the_language_of_the_page(
    browser: Client, maria: Account, north: Community, wanted: str, language: str
) -> None:
    browser.post("/c/north/sign-in/", {"email": maria.email}, headers={"Accept-Language": wanted})
    assert SignInChallenge.objects.get().language == language
