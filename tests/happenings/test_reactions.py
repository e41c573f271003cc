"""What follows from a happening runs at least once and has its effect once, whatever dies on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.config.reactions import REACTIONS
from hearth.config.worker import work_off
from hearth.core.tenancy import across_communities, current_community
from hearth.happenings import registry
from hearth.happenings.actions import record, run_reaction, sweep, try_again
from hearth.happenings.models import Happening, Reaction
from hearth.happenings.queries import parked, unfinished
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW

Effect = Callable[[Happening], None]


@pytest.fixture
def react() -> Iterator[Callable[..., None]]:
    """Let these functions follow from a happening of the kind `rang`."""

    def fill(*effects: Effect) -> None:
        registry.fill({"rang": effects})

    yield fill
    registry.fill(REACTIONS)


@pytest.fixture
def community(db: None) -> Community:
    return found_community(slug="north", name="North", country="IE", languages=["en"], now=NOW)


def leave_a_mark(happening: Happening) -> None:
    """An effect that can be counted: one more happening of the kind `marked`."""
    record("marked", community=happening.community, by=None, subject_id=happening.pk, now=NOW)


def break_down(happening: Happening) -> None:
    leave_a_mark(happening)
    raise ValueError("The bell is cracked")


def ring(community: Community | None, **more: Any) -> Happening:
    with transaction.atomic():
        return record("rang", community=community, by=None, now=NOW, **more)


def reaction(happening: Happening) -> Reaction:
    return Reaction.objects.get(happening=happening)


def marks() -> int:
    with across_communities():
        return Happening.objects.filter(kind="marked").count()


def test_a_reaction_has_its_effect_once_however_often_it_is_run(community: Community, react: Any) -> None:
    react(leave_a_mark)
    row = reaction(ring(community))

    assert [run_reaction(reaction_id=row.pk, now=NOW) for _time in range(3)] == [True, False, False]
    assert sweep(now=NOW + timedelta(days=1)) == 0
    assert marks() == 1


def test_after_the_commit_the_worker_runs_it(
    community: Community, react: Any, django_capture_on_commit_callbacks: Any
) -> None:
    react(leave_a_mark)
    with django_capture_on_commit_callbacks(execute=True):
        ring(community)

    assert (work_off(), marks()) == (1, 1)


def test_what_a_crash_kept_from_the_queue_is_found_by_the_sweep(community: Community, react: Any) -> None:
    react(leave_a_mark)
    ring(community)

    assert sweep(now=NOW + timedelta(seconds=1)) == 0
    assert sweep(now=NOW + timedelta(seconds=2)) == 1
    assert marks() == 1


def test_a_happening_that_is_rolled_back_has_no_reaction(community: Community, react: Any) -> None:
    react(leave_a_mark)
    with transaction.atomic():
        record("rang", community=community, by=None, now=NOW)
        transaction.set_rollback(True)

    assert (Reaction.objects.count(), sweep(now=NOW + timedelta(days=1))) == (0, 0)


def test_each_reaction_to_a_happening_goes_its_own_way(community: Community, react: Any) -> None:
    react(break_down, leave_a_mark)
    ring(community)
    sweep(now=NOW + timedelta(seconds=2))

    done = dict(Reaction.objects.values_list("name", "done_at"))
    assert done == {"break_down": None, "leave_a_mark": NOW + timedelta(seconds=2)}
    assert marks() == 1


def test_a_reaction_that_fails_leaves_nothing_half_done_and_says_why(
    community: Community, react: Any
) -> None:
    react(break_down)
    row = reaction(ring(community))

    assert run_reaction(reaction_id=row.pk, now=NOW) is False
    row.refresh_from_db()
    assert (marks(), row.attempts, row.last_error) == (0, 1, "ValueError: The bell is cracked")
    assert (row.done_at, row.parked_at, row.due_at) == (None, None, NOW + timedelta(seconds=5))


def test_it_is_tried_three_times_with_longer_pauses_and_then_parked(community: Community, react: Any) -> None:
    react(break_down)
    row, moment, tries = reaction(ring(community)), NOW, []
    for _hour in range(3600):
        moment += timedelta(seconds=1)
        sweep(now=moment)
        row.refresh_from_db()
        if row.attempts > len(tries):
            tries.append(round((moment - NOW).total_seconds()))

    assert tries == [2, 9, 71]
    assert row.parked_at == NOW + timedelta(seconds=71)
    assert (list(parked()), unfinished().count()) == ([row], 0)


def test_a_poison_pill_does_not_keep_the_others_waiting(community: Community, react: Any) -> None:
    def break_the_first(happening: Happening) -> None:
        if happening.data.get("poison"):
            raise SystemError("boom")
        leave_a_mark(happening)

    react(break_the_first)
    ring(community, data={"poison": True})
    for _time in range(20):
        ring(community)

    assert sweep(now=NOW + timedelta(seconds=2)) == 20
    assert marks() == 20


def test_a_parked_reaction_is_taken_up_again_when_a_person_says_so(community: Community, react: Any) -> None:
    react(break_down)
    row = reaction(ring(community))
    for day in range(1, 4):
        sweep(now=NOW + timedelta(days=day))
    react(leave_a_mark)
    Reaction.objects.filter(pk=row.pk).update(name="leave_a_mark")
    assert sweep(now=NOW + timedelta(days=9)) == 0

    assert try_again(reaction_id=row.pk, now=NOW + timedelta(days=9))
    assert sweep(now=NOW + timedelta(days=10)) == 1
    assert (marks(), try_again(reaction_id=row.pk, now=NOW)) == (1, False)


def killed(row: Reaction) -> None:
    """What is left of a worker that was killed while it was busy: the claim, and nothing else."""
    row.refresh_from_db()
    Reaction.objects.filter(pk=row.pk).update(
        attempts=row.attempts + 1, due_at=row.due_at + timedelta(seconds=60)
    )


def test_what_a_killed_worker_held_is_taken_up_when_its_lease_is_over(
    community: Community, react: Any
) -> None:
    react(leave_a_mark)
    row = reaction(ring(community))
    killed(row)

    assert sweep(now=NOW + timedelta(seconds=61)) == 0
    assert sweep(now=NOW + timedelta(seconds=62)) == 1
    assert marks() == 1


def test_a_reaction_that_kills_three_workers_is_parked(community: Community, react: Any) -> None:
    react(leave_a_mark)
    row = reaction(ring(community))
    for _worker in range(3):
        killed(row)

    assert sweep(now=NOW + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert (row.parked_at, row.last_error) == (
        NOW + timedelta(days=1),
        "The worker stopped each time it tried this.",
    )
    assert marks() == 0


def test_a_reaction_that_another_worker_finished_meanwhile_is_undone(
    community: Community, react: Any
) -> None:
    def too_slow(happening: Happening) -> None:
        leave_a_mark(happening)
        Reaction.objects.filter(happening=happening).update(done_at=NOW)

    react(too_slow)
    row = reaction(ring(community))

    assert run_reaction(reaction_id=row.pk, now=NOW) is False
    assert marks() == 0


def test_a_reaction_that_the_table_no_longer_has_is_kept_for_a_person(
    community: Community, react: Any
) -> None:
    react(leave_a_mark)
    row = reaction(ring(community))
    react()

    assert run_reaction(reaction_id=row.pk, now=NOW) is False
    row.refresh_from_db()
    assert row.last_error.startswith("KeyError")


def test_an_effect_sees_its_own_community_only(community: Community, react: Any) -> None:
    seen = []
    react(lambda_named := _look(seen))
    ring(community)
    assert sweep(now=NOW + timedelta(seconds=2)) == 1
    assert (seen, lambda_named.__name__) == ([community.pk], "look")


def _look(seen: list[int]) -> Effect:
    def look(happening: Happening) -> None:
        seen.append(current_community().pk)

    return look


def test_a_sweep_with_nothing_to_do_costs_two_statements(community: Community) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        sweep(now=NOW - timedelta(days=1))

    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_of_six_workers_that_grab_one_reaction_one_runs_it(tmp_path: Path, react: Any) -> None:
    community = found_community(slug="north", name="North", country="IE", languages=["en"], now=NOW)
    react(leave_a_mark)
    row = reaction(ring(community))
    with open_to_threads(tmp_path):
        outcomes = together(*[partial(run_reaction, reaction_id=row.pk, now=NOW)] * 6)
        left = alone(marks)

    assert failures(outcomes) == []
    assert (sorted(map(bool, outcomes)), left) == ([False] * 5 + [True], 1)
