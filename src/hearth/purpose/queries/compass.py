"""The compass: what was done for each goal in a stretch of time, who took part, what is planned, where nothing happens."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hearth.communities.models import Community
from hearth.members.models import Member
from hearth.members.policy import visible_people
from hearth.purpose.queries.goals import ShownGoal, goals_for_reader
from hearth.purpose.serving import Activity, Period, Plan, features

MONTHS = 3
FACES = 6


@dataclass(slots=True)
class Direction:
    """One goal as the compass shows it. people: how many took part; faces: some of them, by name."""

    goal: ShownGoal
    done: list[Activity] = field(default_factory=list)
    quiet: list[Activity] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    people: int = 0
    faces: list[Member] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many more took part than those who are shown."""
        return self.people - len(self.faces)


@dataclass(slots=True)
class Compass:
    """The page: its goals, and what serves none of them. before: whether looking further back makes sense."""

    period: Period
    directions: list[Direction]
    without: list[Activity]


def period_before(now: datetime, back: int) -> Period:
    """Return the three months that ended at this moment, or those that lie `back` times three months before."""
    return Period(_months_before(now, MONTHS * (back + 1)), _months_before(now, MONTHS * back))


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months before; the last day of that month where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def compass(member: Member, community: Community, period: Period, *, now: datetime) -> Compass:
    """Return the compass as this member may see it; the same number of queries however much there is."""
    directions = {goal.pk: Direction(goal) for goal in goals_for_reader(community)}
    took_part: dict[int, set[int]] = {pk: set() for pk in directions}
    without = []
    for activity in _activities(member, community, period):
        goal = activity.thing.goal
        if goal not in directions:
            without.append(activity)
            continue
        assert goal is not None  # a key of directions
        (directions[goal].done if activity.people else directions[goal].quiet).append(activity)
        took_part[goal] |= activity.people
    for feature in features():
        for plan in feature.plans(member, community, now):
            if plan.goal in directions:
                directions[plan.goal].plans.append(plan)
    _add_people(member, directions, took_part)
    return Compass(period, list(directions.values()), without)


def _activities(member: Member, community: Community, period: Period) -> Iterable[Activity]:
    for feature in features():
        yield from feature.activities(member, community, period)


def _add_people(member: Member, directions: dict[int, Direction], took_part: dict[int, set[int]]) -> None:
    """Count the people of each goal, and show the first few by name. Nobody comes before another for what they did."""
    keys = set().union(*took_part.values()) if took_part else set()
    seen = visible_people(member).filter(pk__in=keys).order_by("name", "pk").values_list("pk", flat=True)
    in_order = list(seen)
    there = {goal: [pk for pk in in_order if pk in people] for goal, people in took_part.items()}
    shown = {pk for people in there.values() for pk in people[:FACES]}
    faces = visible_people(member).filter(pk__in=shown).select_related("photo").in_bulk()
    for goal, people in there.items():
        directions[goal].people = len(people)
        directions[goal].faces = [faces[pk] for pk in people[:FACES]]
