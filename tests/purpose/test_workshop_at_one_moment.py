"""What happens in a workshop when several people, or several taps of one, come at the same moment."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from hearth.core.errors import Conflict
from hearth.core.tenancy import tenant
from hearth.happenings.models import Happening
from hearth.purpose.actions import workshop_deciding, workshop_leading, workshop_taking_part
from hearth.purpose.enums import Part, Step
from hearth.purpose.models import Contribution, Proposal, Statement
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW
from tests.purpose.workshop_people import Studio, studio

pytestmark = pytest.mark.django_db(transaction=True)


def inside[T](room: Studio, act: Callable[[], T]) -> Callable[[], T]:
    def run() -> T:
        with tenant(room.cast.community):
            return act()

    return run


@pytest.fixture
def room() -> Studio:
    made = studio()
    with tenant(made.cast.community):
        for who in ("maria", "jan", "steward"):
            made.arrives(who)
        made.move(Step.WRITE)
    return made


def test_the_same_words_from_many_taps_are_kept_once_and_no_others_are_lost(
    room: Studio, tmp_path: Path
) -> None:
    with open_to_threads(tmp_path):
        said = [("maria", "no one is alone")] * 4 + [
            (who, f"{who} thinks of the sea") for who in ("maria", "jan", "steward")
        ]
        acts = [
            inside(
                room,
                partial(
                    workshop_taking_part.contribute,
                    by=room.cast.people[who], workshop=room.workshop, part=Part.WHY, words=words, now=NOW,
                ),
            )
            for who, words in said
        ]  # fmt: skip
        outcomes = together(*acts)
        kept = alone(inside(room, lambda: sorted(Contribution.objects.values_list("words", flat=True))))

    assert failures(outcomes) == []
    assert kept == sorted({words for _who, words in said})


def test_moving_on_while_people_hand_in_leaves_nothing_without_a_group(room: Studio, tmp_path: Path) -> None:
    with open_to_threads(tmp_path):
        acts: list[Callable[[], object]] = [
            inside(
                room,
                partial(
                    workshop_taking_part.contribute,
                    by=room.cast.people[who], workshop=room.workshop, part=Part.WHAT, words=f"walk {place}", now=NOW,
                ),
            )
            for place, who in enumerate(("maria", "jan", "steward"))
        ]  # fmt: skip
        acts += [
            inside(
                room,
                partial(
                    workshop_leading.move,
                    by=room.cast.people["steward"], workshop=room.workshop, seen=Step.WRITE, to=Step.GROUP, now=NOW,
                ),
            )
        ] * 2  # fmt: skip
        outcomes = together(*acts)
        rows = alone(inside(room, lambda: list(Contribution.objects.values_list("cluster", flat=True))))
        moved = alone(
            inside(
                room,
                lambda: Happening.objects.filter(kind="workshop_step_opened", data__step="group").count(),
            )
        )

    assert failures(outcomes) == []
    assert (len(rows), None in rows, moved) == (3, False, 1)


def test_of_two_who_adopt_at_once_one_wins_and_the_other_is_told(room: Studio, tmp_path: Path) -> None:
    with tenant(room.cast.community):
        for step in (Step.PROPOSE, Step.ADOPT):
            room.move(step)
        Proposal.objects.update(
            who="people", what_1="walk", what_2="write", what_3="laugh", why="no one is alone"
        )
    with open_to_threads(tmp_path):
        acts = [
            inside(
                room,
                partial(
                    workshop_deciding.adopt_proposal,
                    by=room.cast.people["steward"], workshop=room.workshop, place=place, replaces=0, now=NOW,
                ),
            )
            for place in (1, 2)
        ]  # fmt: skip
        outcomes = together(*acts)
        count = alone(inside(room, lambda: Statement.objects.count()))

    assert [type(one) for one in failures(outcomes)] == [Conflict]
    assert count == 1
