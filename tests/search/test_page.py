"""The search page, as a reader meets it without a script."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.conversations.actions import answer
from hearth.core.tenancy import tenant
from tests.people import NOW, Cast, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build()


def get(client: Client, **question: str) -> str:
    answer = client.get(f"/c/north/search/?{urlencode(question)}")
    assert answer.status_code == 200
    return answer.content.decode()


def say(cast: Cast, *texts: str) -> None:
    with tenant(cast.community):
        for text in texts:
            answer(by=cast.people["maria"], topic=cast.topics["open"], text=text, now=NOW)


def test_shows_the_form_and_nothing_else_at_first(cast: Cast, client: Client) -> None:
    page = get(client)
    assert 'name="q"' in page
    assert "Nothing was found" not in page


def test_shows_person_place_passage_and_the_way_there(cast: Cast, client: Client) -> None:
    say(cast, "After the bath I rest <b>well</b> for an hour.")
    page = get(client, q="resting")
    topic = cast.topics["open"]
    assert f'href="/c/north/talk/open/{topic.public_id}/#p3"' in page
    assert "After the bath I <mark>rest</mark> &lt;b&gt;well&lt;/b&gt; for an hour." in page
    assert "About open" in page
    assert "Maria" in page
    assert "Open room" in page


def test_marks_the_words_in_the_title_too(cast: Cast, client: Client) -> None:
    assert "<mark>About</mark>" in get(client, q="about")


def test_finds_only_what_the_reader_may_read(cast: Cast, client: Client) -> None:
    page = get(client, q="canary")
    assert "north-open" in page
    assert "north-closed" not in page
    assert "north-hidden" not in page
    client.force_login(cast.accounts["jan"])
    page = get(client, q="canary")
    assert "About closed" in page
    assert "About hidden" in page


def test_finds_nothing_of_another_community(cast: Cast, client: Client) -> None:
    build("south")
    page = get(client, q="canary")
    assert "north-open" in page
    assert "south" not in page


def test_says_kindly_that_nothing_was_found(cast: Cast, client: Client) -> None:
    page = get(client, q="<unheard> of")
    assert "Nothing was found for &lt;unheard&gt; of" in page
    assert 'value="&lt;unheard&gt; of"' in page


@pytest.mark.parametrize("question", ["🎉", "-", '"', "\x00"])
def test_says_that_there_was_no_word_to_look_for(cast: Cast, client: Client, question: str) -> None:
    assert "There was no word to look for" in get(client, q=question)


@pytest.mark.parametrize("order", ["best", "newest", "upside-down"])
def test_offers_both_orders_and_real_pages(cast: Cast, client: Client, order: str) -> None:
    say(cast, *(f"Tea number {number}" for number in range(25)))
    first = get(client, q="tea", order=order)
    assert first.count("<mark>Tea</mark>") == 20
    assert "order=newest" in first
    assert "page=2" in first
    second = get(client, q="tea", order=order, page="2")
    assert second.count("<mark>Tea</mark>") == 5
    assert "page=3" not in second
    assert "There is nothing more" in get(client, q="tea", order=order, page="3")


@pytest.mark.parametrize("order", ["best", "newest"])
def test_takes_as_many_queries_for_three_results_as_for_one(cast: Cast, client: Client, order: str) -> None:
    client.force_login(cast.accounts["maria"])
    counts = []
    for texts in (("A single owl",), ("Another owl", "And an owl")):
        say(cast, *texts)
        get(client, q="owl", order=order)
        with CaptureQueriesContext(connection) as captured:
            page = get(client, q="owl", order=order)
        counts.append((page.count("<mark>owl</mark>"), len(captured)))
    assert [found for found, _queries in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_is_not_changed_by_a_post(cast: Cast, client: Client) -> None:
    assert client.post("/c/north/search/", {"q": "owl"}).status_code in (403, 405)
