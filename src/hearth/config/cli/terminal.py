"""What every command needs to speak in a terminal: one sentence and out, steps with progress, Django made ready."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CLEAR_LINE = "\r\033[K"


class Stop(Exception):
    """A known reason why a command cannot go on: one sentence with what to do. Shown without a trace."""


@contextmanager
def step(name: str) -> Iterator[Callable[[str], None]]:
    """Show that a step has begun, then that it is done and how long it took. Yields what says how far it is."""
    live = sys.stdout.isatty()
    start = time.monotonic()

    def how_far(words: str) -> None:
        if live:
            print(f"{CLEAR_LINE}  … {name}{': ' if words else ''}{words}", end="", flush=True)

    how_far("")
    try:
        yield how_far
    except BaseException:
        print(f"{CLEAR_LINE if live else ''}  ✗ {name}", flush=True)
        raise
    print(f"{CLEAR_LINE if live else ''}  ✓ {name} ({time.monotonic() - start:.1f} s)", flush=True)


def ready() -> None:
    """Make Django ready for a command. Raises Stop when a setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    check_options()
    import django

    from hearth.config.options import options

    make_data_folder(options.data_dir)
    django.setup()


def make_data_folder(folder: Path) -> None:
    """Make the folder for what is kept. Raises Stop where that is not allowed."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Stop(
            f"Hearth may not write in {folder} ({error.strerror}). "
            "Name another folder with --data or HEARTH_DATA_DIR, or make this one yours."
        ) from error


def check_options() -> None:
    """Raise Stop with the variable's name when the environment holds a wrong value."""
    from pydantic import ValidationError

    try:
        import hearth.config.options  # noqa: F401
    except ValidationError as error:
        raise Stop(
            "\n".join(_sentence(str(item["loc"][0]), item["msg"]) for item in error.errors())
        ) from error


def _sentence(field: str, reason: str) -> str:
    return f"HEARTH_{field.upper()} cannot be used: {reason[0].lower()}{reason[1:]}. See docs/settings.md."
