"""Brings what is kept in the data folder up to this version: catalogues, database, static files, sample network."""

import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

from hearth.config.cli.terminal import Stop, ready, step

IS_SAMPLE = 3


def prepare(*, with_sample: bool) -> bool:
    """Prepare everything that a start needs; return whether the sample network is in the database.

    Raises Stop when the database does not answer. Each part does nothing when there is nothing new.
    """
    from hearth.communities import queries as communities
    from hearth.core.clock import now
    from hearth.setup.actions import load_sample
    from hearth.ui.translations import compile_catalogues

    with step("Words in all languages"):
        compile_catalogues()
    bring_database_up()
    collect_static()
    if with_sample and not communities.communities().exists():
        with step("The sample network moves in") as how_far:
            load_sample(now=now(), progress=how_far)
    return communities.network().is_sample


def bring_database_up() -> None:
    """Create or update the tables. Raises Stop when the database does not answer."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Stop(f"The database does not answer: {reason}. Look at HEARTH_DATABASE_URL.") from error
    with step(f"Database: {len(plan)} changes" if plan else "Database is up to date") as how_far:
        if plan:
            call_command("migrate", verbosity=1, interactive=False, stdout=_Applied(how_far))


class _Applied(io.StringIO):
    """Counts what Django says while it changes the database."""

    def __init__(self, how_far: Callable[[str], None]) -> None:
        super().__init__()
        self._how_far = how_far
        self._count = 0

    def write(self, words: str) -> int:
        if "Applying " in words:
            self._count += 1
            self._how_far(str(self._count))
        return len(words)


def collect_static() -> None:
    """Collect styles, scripts, icons and fonts, when one of them changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    with step("Styles, scripts and fonts"):
        wanted = _checksum_of_static()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        # Written last: after a stop half-way, they are collected again.
        stamp.write_text(wanted)


def _checksum_of_static() -> str:
    from django.contrib.staticfiles.finders import get_finders

    total = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            total.update(f"{path}\n".encode())
            with storage.open(path) as file:
                total.update(file.read())
    return total.hexdigest()


def main() -> None:
    """Prepare for `hearth up`, and say by the exit status whether the sample network is there."""
    try:
        ready()
        is_sample = prepare(with_sample="--sample" in sys.argv)
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit("Stopped while getting ready. Nothing is lost; start again.")
    sys.exit(IS_SAMPLE if is_sample else 0)


if __name__ == "__main__":
    main()
