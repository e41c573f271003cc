"""Several people at one moment: threads with connections of their own, on either database."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def open_to_threads(folder: Path) -> Iterator[None]:
    """Let threads work on the test's database. SQLite's is in memory, where a writer does not wait: they get it as a file."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "crowd.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    chosen = connections.settings["default"]
    before = chosen["NAME"]
    chosen["NAME"] = str(file)
    try:
        yield
    finally:
        chosen["NAME"] = before


def together[T](*acts: Callable[[], T]) -> list[T | Exception]:
    """Let all act at one moment, each in a thread; return what came of each, its error where it failed."""
    start = threading.Barrier(len(acts))
    outcomes: list[T | Exception] = [AssertionError("did not end")] * len(acts)

    def run(place: int, act: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            start.wait(20)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def alone[T](act: Callable[[], T]) -> T:
    """Act in a thread, so that it sees what the crowd saw; raise what it raises."""
    outcome = together(act)[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def failures(outcomes: Sequence[object]) -> list[Exception]:
    """Return the errors among what came of it."""
    return [one for one in outcomes if isinstance(one, Exception)]
