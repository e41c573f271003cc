"""The worker: runs what was put into the background, and what the clock asks for (`config.schedule`).

One process, one piece of work at a time. A task that a killed worker left half done is found again by the sweep of the
happenings and deliveries, so nothing is recovered here.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, close_old_connections, connections
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from hearth.config.processes import stop_when_asked
from hearth.config.schedule import SCHEDULE
from hearth.core.clock import now

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
AFTER_DATABASE_TROUBLE = 2.0


@dataclass
class Tick:
    """A line of the schedule and when it is due next, on the clock that never jumps."""

    every: float
    run: Callable[[], None]
    due: float = 0.0


def work(stop: threading.Event | None = None) -> None:
    """Work until asked to stop; the piece of work in hand is finished first."""
    stop = stop or stop_when_asked()
    ticks = [Tick(every, run) for every, run in SCHEDULE]
    runner = _runner(f"{os.uname().nodename}-{os.getpid()}"[:64])
    while not stop.is_set():
        try:
            close_old_connections()
            busy = _run_next_task(runner)
            _run_due(ticks)
        except DatabaseError:
            log.exception("The database did not answer; trying again")
            connections.close_all()
            stop.wait(AFTER_DATABASE_TROUBLE)
            continue
        if not busy:
            stop.wait(LOOK_EVERY)
    connections.close_all()


def work_off() -> int:
    """Run every task that is ready now; return how many. For tests and one-off commands."""
    runner, done = _runner("work-off"), 0
    while _run_next_task(runner):
        done += 1
    return done


def _run_next_task(runner: Worker) -> bool:
    task = _claim(runner.worker_id, moment=now())
    if task is None:
        return False
    runner.run_task(task)
    return True


def _claim(worker_id: str, *, moment: datetime) -> DBTaskResult[Any, Any] | None:
    """Take one ready task. Two workers may see the same row; the UPDATE that touches it wins."""
    ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    for key in ready.values_list("pk", flat=True)[:8]:
        mine = DBTaskResult.objects.filter(pk=key, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=moment, worker_ids=[worker_id]
        )
        if mine:
            return DBTaskResult.objects.get(pk=key)
    return None


def _run_due(ticks: Iterable[Tick]) -> None:
    for tick in ticks:
        if time.monotonic() < tick.due:
            continue
        try:
            tick.run()
        except DatabaseError:
            raise
        except Exception:
            # One broken line of the schedule must not stop the others.
            log.exception("%s of the schedule failed", tick.run)
        tick.due = time.monotonic() + tick.every


def _runner(worker_id: str) -> Worker:
    """The library's way to run one task and keep its outcome; its own loop is not used."""
    return Worker(
        queue_names=["*"],
        interval=LOOK_EVERY,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
