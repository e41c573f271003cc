"""`hearth test`: every test on SQLite and on PostgreSQL, in the browser too where there is one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from hearth.config.cli.chromium import find_browser, how_to_install
from hearth.config.cli.source import ROOT, child_environment
from hearth.config.cli.terminal import Stop, step

# What is not an option of ours goes to pytest: ./hearth test tests/spaces -k closed
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


class On(StrEnum):
    """The databases on which the tests run."""

    BOTH = "both"
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def run_tests(
    context: typer.Context,
    on: Annotated[On, typer.Option("--on", help="Which database.")] = On.BOTH,
) -> None:
    """Run all tests. What stands behind goes to pytest: ./hearth test tests/spaces -k closed"""
    failed = []
    if on != On.POSTGRESQL:
        print("\nTests on SQLite", flush=True)
        failed += ["SQLite"] if _pytest(context.args) else []
    if on != On.SQLITE:
        with _postgresql() as address:
            print("\nTests on PostgreSQL", flush=True)
            failed += ["PostgreSQL"] if _pytest(context.args, HEARTH_DATABASE_URL=address) else []
    if not find_browser():
        print(f"skipped: browser journeys (install Chromium with: {how_to_install()})")
    if failed:
        raise Stop(f"Tests failed on {' and '.join(failed)}.")
    print("All tests passed.")


def _pytest(chosen: list[str], **environment: str) -> int:
    # A few named tests start faster without helpers.
    helpers = [] if chosen else ["-n", str(os.cpu_count() or 1), "-q"]
    command = [sys.executable, "-m", "pytest", *helpers, *chosen]
    return subprocess.run(command, cwd=ROOT, env=child_environment(**environment), check=False).returncode


@contextmanager
def _postgresql() -> Iterator[str]:
    """Yield the address of the server that HEARTH_TEST_POSTGRES names, or of one that lives as long as the tests."""
    named = os.environ.get("HEARTH_TEST_POSTGRES")
    if named:
        yield named
        return
    command = [sys.executable, "-m", "tests.postgres"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=child_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin
    assert server.stdout
    try:
        with step("PostgreSQL for the tests"):
            address = server.stdout.readline().strip()
        if not address:
            raise Stop("PostgreSQL for the tests did not start; the reason stands above.")
        yield address
    finally:
        server.stdin.close()
        server.wait(30)
