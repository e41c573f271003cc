from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hearth.core.errors import TooMany
from hearth.core.models import RateWindow
from hearth.core.rates import forget_windows, spend
from tests.crowd import failures, open_to_threads, together
from tests.people import NOW

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_after_as_many_tries_as_allowed_the_next_is_refused_until_the_window_ends() -> None:
    for minute in range(3):
        spend(key="k", most=3, per=HOUR, now=NOW + timedelta(minutes=minute))
    for moment in (NOW + timedelta(minutes=3), NOW + timedelta(minutes=59, seconds=59)):
        with pytest.raises(TooMany):
            spend(key="k", most=3, per=HOUR, now=moment)

    spend(key="k", most=3, per=HOUR, now=NOW + HOUR)


@pytest.mark.django_db
def test_the_refusal_says_when_to_come_back() -> None:
    spend(key="k", most=1, per=HOUR, now=NOW)
    with pytest.raises(TooMany, match="20 minutes"):
        spend(key="k", most=1, per=HOUR, now=NOW + timedelta(minutes=40))


@pytest.mark.django_db
def test_each_key_is_counted_by_itself_and_kept_unreadable() -> None:
    spend(key="maria@north.example", most=1, per=HOUR, now=NOW)
    spend(key="jan@north.example", most=1, per=HOUR, now=NOW)

    assert not RateWindow.objects.filter(key__contains="maria").exists()


@pytest.mark.django_db
def test_windows_that_are_over_are_forgotten() -> None:
    spend(key="k", most=1, per=HOUR, now=NOW)

    assert (forget_windows(before=NOW + HOUR), forget_windows(before=NOW + HOUR + timedelta(seconds=1))) == (
        0,
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_ten_tries_at_one_moment_are_all_counted(tmp_path: Path) -> None:
    with open_to_threads(tmp_path):
        outcomes = together(*[partial(spend, key="k", most=4, per=HOUR, now=NOW)] * 10)

    assert [type(error) for error in failures(outcomes)] == [TooMany] * 6
