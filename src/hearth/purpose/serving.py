"""What serves the goals. Features say it here, so that the compass page knows none of them (`config/serving.py`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hearth.communities.models import Community
from hearth.members.models import Member


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: from `start`, before `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that serves a goal, or none: a space, later a gathering, a course, an appeal.

    kind: its word in the language of the page ("Space"); path: its address inside the community, without a slash before it;
    goal: the key of its goal, which may have ended; choose_path: where this reader can give it a goal, empty where that is
    not theirs to do.
    """

    kind: str
    title: str
    path: str
    goal: int | None
    choose_path: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened in a thing during a period. words: in the language of the page; empty where nothing happened.

    people: keys of the members who took part, as far as the reader may know of it.
    """

    thing: Thing
    words: str
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that is planned for a goal."""

    title: str
    path: str
    goal: int | None
    begins_at: datetime


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of thing that can serve a goal. Each call costs the same number of queries however much there is.

    things: all that this reader may know of, in their order; activities: what happened in them during a period, counting
    only what this reader may read; plans: what is planned from a moment on, the next first.
    """

    things: Callable[[Member | None, Community], list[Thing]]
    activities: Callable[[Member, Community, Period], list[Activity]]
    plans: Callable[[Member, Community, datetime], list[Plan]] = lambda member, community, now: []


class _Features:
    known: Sequence[Feature] = ()


def fill(features: Sequence[Feature]) -> None:
    """Take over the visible table of features that serve goals."""
    _Features.known = tuple(features)


def features() -> Sequence[Feature]:
    """Return the features that serve goals, in the order of the table."""
    return _Features.known
