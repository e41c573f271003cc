"""Whether the time of an answer tells that somebody has an address: known and unknown ones, in turns, in random order.

    python -m bench.enumeration [--tries 500] [--results bench/results/enumeration.md]

The bar: medians less than 5 ms apart (security.md, section 3), on SQLite and PostgreSQL. Each database is measured by a
process of its own. PostgreSQL is the one of the tests, or HEARTH_TEST_POSTGRES names one.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BAR = 5.0
KNOWN, UNKNOWN = "known@north.example", "other@north.example"

Times = dict[str, dict[str, list[float]]]


def main() -> None:
    """Measure both databases and write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tries", type=int, default=500)
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "results" / "enumeration.md")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.tries)))
        return
    found = {"SQLite": _in_process(arguments.tries, "")}
    with _postgres() as address:
        found["PostgreSQL"] = _in_process(arguments.tries, address)
    arguments.results.parent.mkdir(parents=True, exist_ok=True)
    arguments.results.write_text(_written(found, arguments.tries))
    print(arguments.results.read_text())


def measure(tries: int) -> Times:
    """Return the milliseconds of every try, for asking and for a wrong code, on the database of this process."""
    _prepare()
    times: Times = {step: {KNOWN: [], UNKNOWN: []} for step in ("asking for a mail", "a wrong code")}
    for number in range(tries + 10):
        for address in random.sample([KNOWN, UNKNOWN], 2):
            asked, tried = _try(address)
            if number >= 10:  # the first ones fill caches
                times["asking for a mail"][address].append(asked)
                times["a wrong code"][address].append(tried)
    return times


def _prepare() -> None:
    import logging

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.WARNING)  # each wrong code would be a line
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    call_command("migrate", run_syncdb=True, verbosity=0)
    from hearth.accounts.actions import make_account
    from hearth.core.clock import now

    make_account(name="Known", email=KNOWN, now=now())
    for number in range(1000):
        make_account(name=f"Member {number}", email=f"member{number}@north.example", now=now())


def _try(address: str) -> tuple[float, float]:
    from django.test import Client

    from hearth.accounts.models import SignInChallenge
    from hearth.core.models import RateWindow

    RateWindow.objects.all().delete()
    SignInChallenge.objects.all().delete()
    client = Client()
    asked = _milliseconds(lambda: client.post("/sign-in/", {"email": address}))
    return asked, _milliseconds(lambda: client.post("/sign-in/code/", {"code": "AAAAAA"}))


def _milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _in_process(tries: int, database: str) -> Times:
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as data:
        environment = os.environ | {
            "HEARTH_DATA_DIR": data,
            "HEARTH_DATABASE_URL": database,
            "HEARTH_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
        }
        command = [sys.executable, "-m", "bench.enumeration", "--one", "--tries", str(tries)]
        # What goes wrong is said on the terminal; only the figures are taken from the output.
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        found: Times = json.loads(done.stdout.splitlines()[-1])
        return found


def _postgres() -> AbstractContextManager[str]:
    from tests.postgres import temporary_server

    named = os.environ.get("HEARTH_TEST_POSTGRES")
    return nullcontext(named) if named else temporary_server()


def _written(found: dict[str, Times], tries: int) -> str:
    lines = [
        "# Does time tell who is here?",
        "",
        f"{tries} tries each, known and unknown address in turns; milliseconds, median (quartiles); "
        f"bar: {BAR:g} ms between medians.",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}.",
        "",
        "| database | step | known | unknown | apart | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, times in found.items():
        for step, by_address in times.items():
            known, unknown = by_address[KNOWN], by_address[UNKNOWN]
            apart = abs(statistics.median(known) - statistics.median(unknown))
            met = "met" if apart < BAR else "missed"
            lines.append(f"| {name} | {step} | {_spread(known)} | {_spread(unknown)} | {apart:.3f} | {met} |")
    return "\n".join(lines) + "\n"


def _spread(times: list[float]) -> str:
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main()
