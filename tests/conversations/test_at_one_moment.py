"""What happens when several people, or several taps of one, come at the same moment."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from hearth.conversations.actions import answer, edit_post, start_topic
from hearth.conversations.models import Post, Topic
from hearth.core.errors import Conflict
from hearth.core.once import once
from hearth.core.tenancy import tenant
from hearth.spaces.models import Space
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW, Cast, build

pytestmark = pytest.mark.django_db(transaction=True)


def inside[T](cast: Cast, act: Callable[[], T]) -> Callable[[], T]:
    def run() -> T:
        with tenant(cast.community):
            return act()

    return run


def test_twelve_answers_at_one_moment_are_numbered_without_gap_or_double(tmp_path: Path) -> None:
    cast = build("north")
    with open_to_threads(tmp_path):
        acts = [
            inside(
                cast,
                partial(
                    answer, by=cast.people[who], topic=cast.topics["open"], text=f"{who} {place}", now=NOW
                ),
            )
            for place in range(3)
            for who in ("maria", "jan", "mod", "steward")
        ]
        outcomes = together(*acts)
        numbers = alone(
            inside(
                cast,
                lambda: list(Post.objects.filter(topic=cast.topics["open"]).values_list("number", flat=True)),
            )
        )
        count = alone(inside(cast, lambda: Topic.objects.get(pk=cast.topics["open"].pk).post_count))

    assert failures(outcomes) == []
    assert (sorted(numbers), count) == (list(range(1, 15)), 14)


def test_topics_begun_at_one_moment_are_all_counted(tmp_path: Path) -> None:
    cast = build("north")
    with open_to_threads(tmp_path):
        begin = partial(
            start_topic, by=cast.people["maria"], space=cast.spaces["open"], text="words", now=NOW
        )
        outcomes = together(*[inside(cast, partial(begin, title=f"t{place}")) for place in range(6)])
        count = alone(inside(cast, lambda: Space.objects.get(pk=cast.spaces["open"].pk).topic_count))

    assert failures(outcomes) == []
    assert count == 7


def test_of_two_changes_at_one_moment_one_is_kept_and_one_is_told(tmp_path: Path) -> None:
    cast = build("north")
    post = cast.posts["open"]
    with open_to_threads(tmp_path):
        change = partial(edit_post, by=cast.people["maria"], post=post, version=1, now=NOW)
        outcomes = together(*[inside(cast, partial(change, text=f"words {place}")) for place in range(4)])
        kept = alone(inside(cast, lambda: Post.objects.get(pk=post.pk)))

    assert [type(error) for error in failures(outcomes)] == [Conflict] * 3
    assert kept.version == 2


def test_a_form_that_is_sent_eight_times_at_one_moment_makes_one_thing(tmp_path: Path) -> None:
    cast = build("north")
    with open_to_threads(tmp_path):

        def make() -> str:
            return str(answer(by=cast.people["jan"], topic=cast.topics["open"], text="Once", now=NOW).number)

        outcomes = together(*[inside(cast, partial(once, token="tap", owner="m1", now=NOW, make=make))] * 8)
        posts = alone(inside(cast, lambda: Post.objects.filter(source="Once").count()))

    assert outcomes == ["3"] * 8
    assert posts == 1
