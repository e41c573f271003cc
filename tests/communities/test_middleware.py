from typing import Any

import pytest
from django.test import Client
from django.urls import get_script_prefix

from hearth.communities import links
from hearth.communities.models import Community
from tests.people import Cast, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(settings: Any) -> Cast:
    settings.COMMUNITY_MEMORY_SECONDS = 0
    settings.SITE_URL = "https://network.example"
    return build("north")


def give_domain(cast: Cast, domain: str) -> Community:
    Community.objects.filter(pk=cast.community.pk).update(domain=domain)
    return Community.objects.get(pk=cast.community.pk)


def test_under_its_path_links_stay_inside_the_community(north: Cast) -> None:
    page = Client().get("/c/north/talk/").content.decode()

    assert "The North Society" in page
    assert 'href="/c/north/talk/open/"' in page


def test_on_its_own_domain_links_have_no_path_of_it(north: Cast) -> None:
    give_domain(north, "north.example")
    page = Client(headers={"host": "North.example:8000"}).get("/talk/").content.decode()

    assert "The North Society" in page
    assert 'href="/talk/open/"' in page
    assert "/c/north/" not in page


def test_after_a_page_of_a_community_the_prefix_is_as_before(north: Cast) -> None:
    Client().get("/c/north/talk/")
    Client().get("/c/north/nowhere/")

    assert get_script_prefix() == "/"


def test_a_path_without_its_last_slash_leads_to_the_community(north: Cast) -> None:
    response = Client().get("/c/north")

    assert (response.status_code, response["Location"]) == (302, "/c/north/")


@pytest.mark.parametrize(
    "path", ["/c/south/", "/c/south", "/c//", "/c/", "/c/NORTH/", "/c/north%2f/", "/c/../"]
)
def test_a_community_that_nobody_has_founded_is_not_there(north: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_pages_of_a_community_are_not_on_the_networks_own_host(north: Cast) -> None:
    assert [Client().get(path).status_code for path in ("/talk/", "/people/", "/search/")] == [404, 404, 404]


def test_operators_pages_are_on_no_communitys_host(north: Cast) -> None:
    give_domain(north, "north.example")

    assert Client(headers={"host": "north.example"}).get("/operator/outbox/").status_code == 404
    assert Client().get("/c/north/operator/outbox/").status_code == 404


def test_a_full_address_names_path_or_domain(north: Cast) -> None:
    assert links.absolute(north.community, "talk") == "https://network.example/c/north/talk/"
    assert links.absolute(give_domain(north, "north.example"), "talk") == "https://north.example/talk/"
    assert links.absolute(None, "home") == "https://network.example/"


def test_a_full_address_is_the_same_inside_a_request(north: Cast) -> None:
    from django.urls import set_script_prefix

    set_script_prefix("/c/south/")
    try:
        assert links.absolute(north.community, "talk") == "https://network.example/c/north/talk/"
        assert get_script_prefix() == "/c/south/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("path", ["/c/north%00/", "/c/north/talk/open/%00/", "/c/north/people/%00/", "/%00"])
def test_a_letter_that_postgresql_refuses_is_an_address_that_is_not_there(north: Cast, path: str) -> None:
    browser = Client()
    browser.force_login(north.accounts["maria"])

    assert browser.get(path).status_code == 404
