from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearth.core import live
from hearth.core.models import LiveNumber

pytestmark = pytest.mark.django_db


def test_a_key_that_nobody_touched_has_the_number_0() -> None:
    live.touch("workshop:a")

    assert live.number("workshop:b") == 0


def test_each_touch_raises_the_number_of_its_key_only() -> None:
    live.touch("workshop:a")
    live.touch("workshop:b")
    before, other = live.number("workshop:a"), live.number("workshop:b")
    live.touch("workshop:a")
    live.touch("workshop:a")

    assert (live.number("workshop:a"), live.number("workshop:b")) == (before + 2, other)


def test_a_touch_is_one_statement_whether_first_or_later() -> None:
    for _time in ("first", "later"):
        with CaptureQueriesContext(connection) as queries:
            live.touch("workshop:a")
        assert len(queries) == 1


def test_a_change_that_was_taken_back_touched_nothing() -> None:
    live.touch("workshop:a")
    before = live.number("workshop:a")
    with transaction.atomic():
        live.touch("workshop:a")
        transaction.set_rollback(True)

    assert live.number("workshop:a") == before


def test_numbers_of_many_keys_take_a_query_for_each_500() -> None:
    live.touch("workshop:7")
    keys = [f"workshop:{place}" for place in range(1001)]
    with CaptureQueriesContext(connection) as queries:
        found = live.numbers(keys)

    assert (len(queries), list(found)) == (3, ["workshop:7"])


def test_numbers_untouched_for_long_are_forgotten_and_others_stay() -> None:
    live.touch("workshop:old")
    live.touch("workshop:new")
    long_ago = timezone.now() - timedelta(days=31)
    LiveNumber.objects.filter(key="workshop:old").update(touched_at=long_ago)

    assert live.forget_numbers(before=long_ago + timedelta(days=1)) == 1
    assert list(LiveNumber.objects.values_list("key", flat=True)) == ["workshop:new"]


def test_a_key_that_was_forgotten_begins_above_all_that_it_had() -> None:
    live.touch("workshop:a")
    # As if it had begun 31 days ago and had been touched 100,000 times since.
    month = int(timedelta(days=31).total_seconds())
    before = live.number("workshop:a") - month + 100_000
    LiveNumber.objects.all().delete()
    live.touch("workshop:a")

    assert live.number("workshop:a") > before


@pytest.mark.parametrize("key", ["", "Workshop:a", "a\r\nSet-Cookie: b=c", "a" * 81, ":a", "ä"])
def test_what_could_end_a_header_or_is_no_key_is_refused(key: str) -> None:
    for use in (live.touch, live.number, live.stream):
        with pytest.raises(ValueError, match="key"):
            use(key)


def test_without_our_own_server_the_stream_ends_and_is_asked_for_again() -> None:
    live.touch("workshop:a")
    current = live.number("workshop:a")
    answer = live.stream("workshop:a")

    assert answer.content.decode() == f"retry: 2000\nid: {current}\ndata: {current}\n\n"
    assert answer["Content-Type"].startswith("text/event-stream")
    assert (answer["Cache-Control"], answer["X-Accel-Buffering"]) == ("no-store", "no")
