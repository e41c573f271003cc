import threading
import time
from collections.abc import Iterator

import pytest
from django.db import DatabaseError
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hearth.config import worker
from hearth.core.clock import now

pytestmark = pytest.mark.django_db

done: list[str] = []


@task()
def note(name: str) -> None:
    done.append(name)


@task()
def break_down() -> None:
    raise ValueError("broken on purpose")


@pytest.fixture(autouse=True)
def nothing_done_yet() -> Iterator[None]:
    yield
    done.clear()


def test_tasks_are_run_in_the_order_in_which_they_came() -> None:
    for name in ("first", "second", "third"):
        note.enqueue(name)
    assert worker.work_off() == 3
    assert done == ["first", "second", "third"]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def test_a_task_that_breaks_down_does_not_stop_the_next() -> None:
    break_down.enqueue()
    note.enqueue("after")
    assert worker.work_off() == 2
    assert done == ["after"]
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [
        TaskResultStatus.FAILED,
        TaskResultStatus.SUCCESSFUL,
    ]


def test_a_task_is_claimed_by_one_worker_only() -> None:
    note.enqueue("once")
    first = worker._claim("one", moment=now())
    assert first is not None
    assert first.worker_ids == ["one"]
    assert worker._claim("other", moment=now()) is None


def test_a_broken_line_of_the_schedule_does_not_stop_the_others() -> None:
    def broken() -> None:
        raise ValueError("broken on purpose")

    worker._run_due([worker.Tick(1, broken), worker.Tick(1, lambda: done.append("ticked"))])
    assert done == ["ticked"]


def test_a_line_of_the_schedule_waits_until_it_is_due() -> None:
    ticks = [worker.Tick(60, lambda: done.append("ticked"))]
    for _ in range(3):
        worker._run_due(ticks)
    assert done == ["ticked"]


def test_trouble_with_the_database_is_left_to_the_loop() -> None:
    def without_database() -> None:
        raise DatabaseError("gone")

    with pytest.raises(DatabaseError):
        worker._run_due([worker.Tick(1, without_database)])


def test_the_worker_stops_when_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SCHEDULE", [])
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    start = time.monotonic()
    worker.work(stop)
    assert time.monotonic() - start < 2
