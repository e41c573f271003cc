"""The compass: what was done for each goal, by whom, as far as the reader may know of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.conversations.actions import answer, start_topic
from hearth.conversations.models import Post, Topic
from hearth.core.errors import Conflict, NotAllowed
from hearth.members.models import Member
from hearth.purpose.actions import adopt
from hearth.purpose.enums import Way
from hearth.purpose.parts import Parts
from hearth.purpose.queries import goals
from hearth.purpose.queries.compass import Compass, compass, period_before
from hearth.purpose.serving import Period
from hearth.spaces.actions import set_goal
from hearth.spaces.enums import Access
from tests.people import NOW, Cast

SAID = Parts("people far out", ("phone each other", "write letters", "walk together"), "nobody is alone")
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """A community with goals; what the cast said before lies a year back; the first goal has the open and the hidden space."""
    adopt(
        by=cast.people["steward"],
        community=cast.community,
        language="en",
        parts=SAID,
        way=Way.WRITTEN,
        replaces=0,
        now=NOW,
    )
    long_ago = NOW - timedelta(days=400)
    Topic.objects.update(started_at=long_ago, last_post_at=long_ago)
    Post.objects.update(written_at=long_ago)
    for key in ("open", "hidden"):
        serve(cast, key, 1)
    return cast


def serve(cast: Cast, key: str, place: int) -> None:
    goal = goals(cast.community)[place - 1]
    set_goal(by=cast.people["steward"], space=cast.spaces[key], goal=goal, now=NOW)


def say(cast: Cast, space: str, by: str, *answers: str, now: datetime = YESTERDAY) -> Topic:
    topic = start_topic(
        by=cast.people[by], space=cast.spaces[space], title="About", text="First words", now=now
    )
    for who in answers:
        answer(by=cast.people[who], topic=topic, text="An answer", now=now + timedelta(minutes=1))
    return topic


def seen_by(cast: Cast, who: str, back: int = 0) -> Compass:
    reader = Member.objects.get(pk=cast.people[who].pk)
    return compass(reader, cast.community, period_before(NOW, back), now=NOW)


def told(found: Compass) -> list[tuple[str, int, list[str], list[str]]]:
    """Goal, how many took part, what was done where, and where it was quiet."""
    return [
        (
            one.goal.words,
            one.people,
            [f"{did.thing.title}: {did.words}" for did in one.done],
            [still.thing.title for still in one.quiet],
        )
        for one in found.directions
    ]


def test_each_goal_shows_what_was_done_for_it_and_how_many_different_people_took_part(cast: Cast) -> None:
    say(cast, "open", "maria", "steward", "maria")
    say(cast, "open", "steward")
    old = cast.topics["open"]
    answer(by=cast.people["mod"], topic=old, text="Late", now=YESTERDAY)

    assert told(seen_by(cast, "maria")) == [
        ("Phone each other", 3, ["Open room: 2 conversations began, 1 went on"], []),
        ("Write letters", 0, [], []),
        ("Walk together", 0, [], []),
    ]
    [first, *_rest] = seen_by(cast, "maria").directions
    assert [face.name for face in first.faces] == ["Maria", "Mod", "Steward"]


def test_what_a_reader_may_not_read_counts_for_nothing_and_is_not_named(cast: Cast) -> None:
    say(cast, "hidden", "jan")
    assert told(seen_by(cast, "maria"))[0] == ("Phone each other", 0, [], ["Open room"])
    assert told(seen_by(cast, "jan"))[0] == (
        "Phone each other",
        1,
        ["Hidden room: 1 conversation began"],
        ["Open room"],
    )


def test_of_a_closed_space_those_outside_learn_its_name_and_nothing_more(cast: Cast) -> None:
    serve(cast, "closed", 2)
    say(cast, "closed", "jan")
    [_first, second, _third] = seen_by(cast, "maria").directions

    assert [(one.thing.title, one.words) for one in second.quiet] == [
        ("Closed room", "Only its members see what is said there.")
    ]
    assert second.people == 0


def test_three_months_earlier_shows_what_was_done_then(cast: Cast) -> None:
    say(cast, "open", "maria", now=NOW - timedelta(days=120))

    assert told(seen_by(cast, "maria"))[0][1:] == (0, [], ["Open room"])
    assert told(seen_by(cast, "maria", back=1))[0][1:3] == (1, ["Open room: 1 conversation began"])


def test_what_serves_no_goal_and_what_serves_one_that_ended_is_shown_as_such(cast: Cast) -> None:
    assert [one.thing.title for one in seen_by(cast, "maria").without] == ["Closed room"]
    changed = Parts(SAID.who, ("sing", "dance", "walk together"), SAID.why)
    adopt(
        by=cast.people["steward"],
        community=cast.community,
        language="en",
        parts=changed,
        way=Way.WRITTEN,
        replaces=1,
        now=NOW,
    )

    assert [one.thing.title for one in seen_by(cast, "jan").without] == [
        "Open room",
        "Closed room",
        "Hidden room",
    ]


def test_who_may_choose_the_goal_of_a_space_finds_the_way_to_it(cast: Cast) -> None:
    def ways(who: str) -> list[bool]:
        found = seen_by(cast, who)
        shown = [one.thing for way in found.directions for one in way.quiet] + [
            one.thing for one in found.without
        ]
        return [bool(thing.choose_path) for thing in sorted(shown, key=lambda thing: thing.title)]

    assert ways("steward") == [True, True]  # closed, open
    assert ways("maria") == [False, True]
    assert ways("jan") == [True, True, False]  # closed, hidden, open
    with pytest.raises(NotAllowed):
        set_goal(by=cast.people["jan"], space=cast.spaces["open"], goal=None, now=NOW)


def test_a_goal_that_ended_is_no_longer_given_to_a_space(cast: Cast) -> None:
    ended = goals(cast.community)[0]
    changed = Parts(SAID.who, ("sing", "write letters", "walk together"), SAID.why)
    adopt(
        by=cast.people["steward"],
        community=cast.community,
        language="en",
        parts=changed,
        way=Way.WRITTEN,
        replaces=1,
        now=NOW,
    )
    with pytest.raises(Conflict):
        set_goal(by=cast.people["steward"], space=cast.spaces["open"], goal=ended, now=NOW)


def cost(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as asked:
        seen_by(cast, "maria")
    return len(asked)


def more_spaces(cast: Cast, place: int) -> None:
    key = f"room{place}"
    cast.room(key, Access.OPEN, "maria")
    serve(cast, key, place % 3 + 1)
    say(cast, key, "maria", "jan")


def more_people(cast: Cast, place: int) -> None:
    cast.add(f"w{place}")
    say(cast, "open", f"w{place}")


@pytest.mark.parametrize("grow", [more_spaces, more_people])
def test_the_compass_costs_the_same_with_one_and_with_twenty(
    cast: Cast, grow: Callable[[Cast, int], None]
) -> None:
    say(cast, "open", "maria")
    costs = [cost(cast)]
    for place in range(20):
        grow(cast, place)
        if place in {2, 19}:
            costs.append(cost(cast))

    assert costs == [costs[0]] * 3


@pytest.mark.parametrize(
    ("day", "back", "start", "end"),
    [
        ((2026, 11, 22), 0, (2026, 8, 22), (2026, 11, 22)),
        ((2026, 11, 22), 1, (2026, 5, 22), (2026, 8, 22)),
        ((2026, 5, 31), 0, (2026, 2, 28), (2026, 5, 31)),
        ((2026, 1, 15), 0, (2025, 10, 15), (2026, 1, 15)),
    ],
)
def test_three_months_end_on_the_same_day(
    day: tuple[int, int, int], back: int, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    def at(found: tuple[int, int, int]) -> datetime:
        return datetime(*found, 12, tzinfo=NOW.tzinfo)

    assert period_before(at(day), back) == Period(at(start), at(end))
