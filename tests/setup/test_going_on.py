"""Whoever does one of the first steps is led back to the others, until none waits any more."""

import pytest
from django.test import Client

from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from hearth.setup import actions
from hearth.setup.enums import IN_THE_PLACE
from tests.people import NOW, Cast, browser_of, build

pytestmark = pytest.mark.django_db

WAY_BACK = "Go on with the first steps"
LANDINGS = ["/purpose/", "/people/invitations/", "/look-after/face/"]


@pytest.fixture
def cast() -> Cast:
    return build("north")


def page(browser: Client, path: str) -> str:
    answer = browser.get(f"/c/north{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("step", ["/begin/", "/begin/purpose/", "/begin/invite/"])
def test_after_a_step_the_way_leads_back_to_the_others(cast: Cast, step: str) -> None:
    browser = browser_of(cast.accounts["steward"])
    assert WAY_BACK not in page(browser, "/purpose/")

    page(browser, step)

    for landing in LANDINGS:
        assert WAY_BACK in page(browser, landing), landing
    assert WAY_BACK not in page(browser, "/people/")


def test_once_no_step_waits_nobody_is_led_back(cast: Cast) -> None:
    browser = browser_of(cast.accounts["steward"])
    page(browser, "/begin/invite/")
    with tenant(cast.community):
        for step in IN_THE_PLACE:
            actions.put_off(by=cast.people["steward"], community=cast.community, step=step, now=NOW)

    page(browser, "/begin/")

    assert WAY_BACK not in page(browser, "/purpose/")


def test_in_the_sample_nobody_is_led_anywhere(cast: Cast) -> None:
    Community.objects.filter(pk=cast.community.pk).update(is_sample=True)
    browser = browser_of(cast.accounts["steward"])
    page(browser, "/begin/")

    assert WAY_BACK not in page(browser, "/purpose/")


def test_in_another_community_nobody_is_led_back(cast: Cast) -> None:
    south = build("south")
    browser, account = browser_of(cast.accounts["steward"]), cast.accounts["steward"]
    with tenant(south.community):
        profile = Profile(name="Both")
        roles = (Role.STEWARD,)
        welcome(
            community=south.community, account=account, profile=profile, roles=roles, joined_at=NOW, now=NOW
        )
    page(browser, "/begin/invite/")

    assert WAY_BACK not in browser.get("/c/south/purpose/").content.decode()
    assert WAY_BACK in page(browser, "/purpose/")


def test_the_first_language_of_a_community_stays_the_first(cast: Cast) -> None:
    Community.objects.filter(pk=cast.community.pk).update(languages=["en", "de"])
    browser = browser_of(cast.accounts["steward"])
    said = {"country": "IE", "time_zone": "Europe/Dublin", "help_phone": "12", "languages": ["de", "en"]}

    answer = browser.post("/c/north/begin/place/", said)

    assert answer.status_code == 302
    kept = Community.objects.get(pk=cast.community.pk)
    assert (kept.help_phone, kept.languages) == ("12", ["en", "de"])
