"""Reading options: kept in one cookie, applied to the page, never more than what we know."""

import pytest
from django.test import Client

from hearth.ui.reading import COOKIE, Reading

pytestmark = pytest.mark.django_db


def test_the_cookie_brings_back_what_was_chosen() -> None:
    chosen = Reading(text="150", view="simple", contrast="high", theme="dark", calm="yes")
    assert Reading.from_cookie(chosen.to_cookie()) == chosen
    assert Reading().to_cookie() == ""


@pytest.mark.parametrize("cookie", ["", "text=900", 'text="><script>', "nonsense", "&&&=", "text=150" * 100])
def test_a_cookie_that_is_made_up_changes_nothing(cookie: str) -> None:
    assert Reading.from_cookie(cookie) == Reading()


def test_one_part_that_is_wrong_leaves_the_others() -> None:
    assert Reading.from_cookie("text=900&theme=dark") == Reading(theme="dark")


def test_the_page_keeps_the_choice_and_goes_back(client: Client) -> None:
    sent = {
        "text": "200",
        "view": "simple",
        "theme": "dark",
        "contrast": "high",
        "calm": "yes",
        "next": "/help/?a=1",
    }
    answer = client.post("/reading/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/help/?a=1")
    page = client.get("/help/").content.decode()
    for part in (
        'data-text="200"',
        'data-view="simple"',
        'data-theme="dark"',
        'data-contrast="high"',
        "data-calm",
    ):
        assert part in page


def test_usual_choices_leave_no_cookie(client: Client) -> None:
    client.cookies[COOKIE] = "text=200"
    assert 'data-text="200"' in client.get("/help/").content.decode()
    client.post("/reading/", {"usual": "1", "next": "/help/"})
    assert "data-text" not in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_to_another_website(client: Client, address: str) -> None:
    assert client.post("/reading/", {"usual": "1", "next": address})["Location"] == "/"


def test_a_wrong_choice_is_explained_and_not_kept(client: Client) -> None:
    answer = client.post(
        "/reading/", {"text": "900", "view": "full", "theme": "auto", "contrast": "high", "calm": "no"}
    )
    assert answer.status_code == 422
    assert "Error: " in answer.content.decode().split("</title>")[0]
    assert COOKIE not in answer.cookies


def test_the_way_back_leads_to_the_page_one_came_from(client: Client) -> None:
    assert "/reading/?next=%2Fhelp%2F%3Fa%3D1" in client.get("/help/?a=1").content.decode()
    assert 'value="/help/?a=1"' in client.get("/reading/?next=/help/%3Fa%3D1").content.decode()


def test_a_language_is_kept(client: Client) -> None:
    assert 'lang="en"' in client.get("/help/").content.decode()[:200]
    answer = client.post("/language/", {"language": "de", "next": "/help/"})
    assert (answer["Location"], answer.cookies["language"].value) == ("/help/", "de")


def test_a_language_that_we_do_not_have_is_not_kept(client: Client) -> None:
    assert "language" not in client.post("/language/", {"language": "xx", "next": "/help/"}).cookies


def test_looking_never_changes_a_choice(client: Client) -> None:
    assert client.get("/language/?language=de").status_code == 405
    assert COOKIE not in client.get("/reading/?text=200").cookies
