"""Dates in words, in the reader's language and time zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from hearth.ui import dates

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 3, 5, 13, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader_in_zurich():
    with timezone.override(ZURICH), translation.override("en"):
        yield


def test_a_day_has_its_weekday() -> None:
    assert dates.date_long(date(2026, 3, 3)) == "Tuesday, 3 March 2026"
    assert dates.date_short(date(2026, 3, 3)) == "3 March 2026"


def test_a_moment_is_told_in_the_readers_zone() -> None:
    assert dates.date_long(NOW) == "Thursday, 5 March 2026 at 14:05"
    assert (
        dates.date_long(NOW, zone=True) == "Thursday, 5 March 2026 at 14:05, Central European Standard Time"
    )
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert dates.date_short(datetime(2026, 3, 3, 20, 0, tzinfo=UTC)) == "4 March 2026"


def test_summer_time_has_its_own_name() -> None:
    assert dates.date_long(datetime(2026, 7, 1, 12, tzinfo=UTC), zone=True).endswith(
        "Central European Summer Time"
    )


def test_both_zones_stand_there_where_the_clocks_differ() -> None:
    lisbon, vienna = ZoneInfo("Europe/Lisbon"), ZoneInfo("Europe/Vienna")
    assert "for you" in dates.date_long(NOW, other_zone=lisbon)
    assert "13:05" in dates.date_long(NOW, other_zone=lisbon)
    assert "for you" not in dates.date_long(NOW, other_zone=vienna)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(0), "today at 14:05"),
        (timedelta(days=1), "yesterday at 14:05"),
        (timedelta(days=-1), "tomorrow at 14:05"),
        (timedelta(days=2), "Tuesday"),
        (timedelta(days=6), "Friday"),
        (timedelta(days=7), "26 February 2026"),
        (timedelta(days=-3), "8 March 2026"),
    ],
)
def test_when_it_was_is_said_as_one_would_say_it(back: timedelta, words: str) -> None:
    assert dates.ago(NOW - back, now=NOW) == words


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_what_pages_show_in_one_go_is_what_the_single_words_say(language: str) -> None:
    now = timezone.now()
    moments = [now - timedelta(hours=7 * number) for number in range(-8, 60)]
    for zone in ("Europe/Zurich", "Asia/Kathmandu"):
        with timezone.override(ZoneInfo(zone)), translation.override(language):
            for value in moments:
                assert dates.spoken(value) == (
                    dates.time_iso(value),
                    dates.date_long(value),
                    dates.ago(value),
                )


def test_midnight_is_that_of_the_reader() -> None:
    late, early = datetime(2026, 3, 4, 23, 30, tzinfo=UTC), datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
    assert dates.ago(late, now=NOW) == "today at 00:30"
    assert dates.ago(early, now=NOW) == "yesterday at 23:30"


def test_each_language_has_its_own_way() -> None:
    with translation.override("de"):
        assert dates.date_long(date(2026, 3, 3)) == "Dienstag, 3. März 2026"
        assert dates.date_short(date(2026, 3, 3)) == "3. März 2026"
    with translation.override("fr"):
        assert dates.date_long(date(2026, 3, 3)) == "mardi 3 mars 2026"
