"""In which order things are found, on which page, and with which passage."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.search.actions import index
from hearth.search.passages import PASSAGE_LENGTH, Finder
from hearth.search.queries import find
from hearth.search.wanted import understand
from tests.search.conftest import LANGUAGES, NOW, Put, entry, found, search

pytestmark = pytest.mark.usefixtures("community")


def page(text: str, number: int, order: str = "newest") -> tuple[list[int], bool]:
    results = find(text, audiences=["space:1"], languages=LANGUAGES, order=order, page=number)  # type: ignore[arg-type]
    return found(results), results.has_next


def test_newest_first_goes_by_when_it_was_written_not_when_it_was_indexed() -> None:
    index([entry(1, "tired", days=3), entry(2, "tired", days=1), entry(3, "tired", days=900)])
    index([entry(4, "tired", days=2)])
    assert search("tired", order="newest") == [2, 4, 1, 3]


def test_the_title_goes_before_the_text_and_the_whole_word_before_a_longer_one() -> None:
    index(
        [
            entry(1, "a lake", title="Walks", days=30),
            entry(2, "lakeside houses", title="Walks", days=1),
            entry(3, "we swim", title="The lake", days=60),
        ]
    )
    assert search("lake") == [3, 1, 2]


def test_words_near_each_other_go_before_words_far_apart() -> None:
    filler = "and so on with many other things " * 5
    index([entry(1, f"heat {filler} fatigue", days=1), entry(2, f"{filler} heat fatigue", days=9)])
    assert search("heat fatigue") == [2, 1]


def test_a_short_text_about_it_goes_before_a_long_one_that_mentions_it() -> None:
    index([entry(1, "lake " + "other words " * 200, days=1), entry(2, "the lake, our lake", days=9)])
    assert search("lake") == [2, 1]


@pytest.mark.parametrize("order", ["best", "newest"])
def test_pages_hold_twenty_without_gap_or_double(order: str) -> None:
    index([entry(number, "tired again", days=number) for number in range(1, 46)])
    first, second, third = (page("tired", number, order) for number in (1, 2, 3))
    assert [len(first[0]), len(second[0]), len(third[0])] == [20, 20, 5]
    assert [first[1], second[1], third[1]] == [True, True, False]
    assert sorted(first[0] + second[0] + third[0]) == list(range(1, 46))
    assert page("tired", 4, order) == ([], False)


def test_exactly_one_page_has_no_next_one() -> None:
    index([entry(number, "tired", days=number) for number in range(1, 21)])
    assert page("tired", 1)[1] is False


def test_a_word_that_stands_everywhere_ends_after_ten_pages() -> None:
    index([entry(number, "tired", days=number) for number in range(1, 231)])
    assert page("tired", 10) == (list(range(181, 201)), False)
    assert page("tired", 99) == page("tired", 10)


def test_a_rare_old_thing_is_found_behind_many_newer_ones() -> None:
    index([entry(number, "tired", days=number / 10) for number in range(1, 701)])
    index([entry(900, "tired owl", days=400)])
    assert search("owl", order="newest") == [900]
    assert search("owl") == [900]
    assert page("tired", 2)[0] == list(range(21, 41))


def test_author_and_time_narrow_the_answer() -> None:
    index(
        [
            entry(1, "tired", days=1, author_id=7),
            entry(2, "tired", days=5, author_id=7),
            entry(3, "tired", author_id=8),
        ]
    )
    assert search("tired", author_id=7, order="newest") == [1, 2]
    assert search("tired", since=NOW - timedelta(days=2), order="newest") == [3, 1]
    assert search("tired", until=NOW - timedelta(days=2), order="newest") == [2]


@pytest.mark.parametrize("order", ["best", "newest"])
def test_a_page_takes_one_query_whatever_it_holds(put: Put, order: str) -> None:
    counts = []
    for _each in range(3):
        put("tired")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            search("tired", order=order)
        counts.append(len(captured))
    assert counts == [1, 1, 1]


def passage(question: str, body: str) -> str:
    return str(Finder(understand(question, LANGUAGES), LANGUAGES).passage(body))


class TestPassages:
    def test_marks_each_word_in_all_its_forms(self) -> None:
        assert passage("Hauser", "Das Haus, zwei Häuser\nund ein Hausboot") == (
            "Das <mark>Haus</mark>, zwei <mark>Häuser</mark> und ein <mark>Hausboot</mark>"
        )

    def test_escapes_what_is_no_mark(self) -> None:
        assert passage("b", '<script>alert("b")</script> & <b>') == (
            "&lt;script&gt;alert(&quot;<mark>b</mark>&quot;)&lt;/script&gt; &amp; &lt;<mark>b</mark>&gt;"
        )

    def test_is_cut_around_the_words_between_words(self) -> None:
        cut = passage("owl eagle", "start " + "word " * 200 + "an owl and an eagle " + "word " * 200)
        assert "<mark>owl</mark> and an <mark>eagle</mark>" in cut
        assert cut.startswith("… word")
        assert cut.endswith("word …")
        assert len(cut) < PASSAGE_LENGTH + 60

    def test_begins_at_the_beginning_where_no_word_stands(self) -> None:
        assert passage("owl", "Nothing here") == "Nothing here"
        assert passage("owl", "x" * 1000).startswith("xxx")

    def test_marks_letters_of_every_script_where_they_are_read(self) -> None:
        finder = Finder(understand("lodz елка", ["pl", "ru"]), ["pl", "ru"])
        assert finder.passage("Łódź, Ёлка") == "<mark>Łódź</mark>, <mark>Ёлка</mark>"
        assert passage("Łódź", "w Łódź") == "w <mark>Łódź</mark>"

    def test_marks_nothing_inside_a_longer_word(self) -> None:
        assert passage("art", "a party with art") == "a party with <mark>art</mark>"

    def test_marks_exact_words_only_where_they_were_quoted(self) -> None:
        assert passage('"warm bath"', "warm baths, warm bath") == (
            "<mark>warm</mark> baths, <mark>warm</mark> <mark>bath</mark>"
        )

    def test_needs_no_more_than_a_moment_for_a_huge_text(self) -> None:
        assert "<mark>" in passage("aaa", "aaa " * 250_000)
