"""`hearth check`: everything that can be said about the source without running its tests."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from hearth.config.cli.source import ROOT, child_environment
from hearth.config.cli.terminal import Stop

PYTHON = (sys.executable, "-m")
CHECKS: dict[str, tuple[str, ...]] = {
    "format": (*PYTHON, "ruff", "format", "--check", "--output-format", "concise", "."),
    "lint": (*PYTHON, "ruff", "check", "--output-format", "concise", "."),
    "types": (*PYTHON, "mypy"),
    "import order": (str(Path(sys.executable).with_name("lint-imports")), "--no-cache"),
    "templates": (*PYTHON, "djlint", "--lint", "--quiet", "src/hearth"),
    "migrations": (*PYTHON, "django", "makemigrations", "--check", "--dry-run"),
    "Django's own": (*PYTHON, "django", "check", "--fail-level", "WARNING"),
    "translations": (*PYTHON, "hearth", "translations", "--check"),
    "settings page": (*PYTHON, "hearth", "settings-page", "--check"),
    "guards": (*PYTHON, "pytest", "-q", "-n", str(os.cpu_count() or 1), "tests/guards"),
}


@dataclass
class Outcome:
    """How one check went."""

    name: str
    passed: bool
    seconds: float
    words: str


def check() -> None:
    """Look at format, lint, types, import order, templates, migrations, translations and guards."""
    with tempfile.TemporaryDirectory(prefix="hearth-check-") as data:
        environment = child_environment(
            DJANGO_SETTINGS_MODULE="hearth.config.settings",
            HEARTH_DATA_DIR=data,
            HEARTH_SECRET_KEY="check" * 12,
        )
        outcomes = [_run(name, command, environment) for name, command in CHECKS.items()]
    _show(outcomes)
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    if failed:
        raise Stop(f"Not in order: {', '.join(failed)}.")
    print("All checks passed.")


def _run(name: str, command: tuple[str, ...], environment: dict[str, str]) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Outcome(
        name, done.returncode == 0, time.monotonic() - start, f"{done.stdout}{done.stderr}".strip()
    )


def _show(outcomes: list[Outcome]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for outcome in outcomes:
        if not outcome.passed:
            console.rule(outcome.name, align="left")
            # As it is: square brackets of a type are not marks of style.
            console.print(outcome.words, markup=False, highlight=False)
    table = Table("Check", "", "Seconds")
    for outcome in outcomes:
        table.add_row(outcome.name, "ok" if outcome.passed else "NOT in order", f"{outcome.seconds:.1f}")
    console.print(table)
