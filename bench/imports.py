"""Measure 9: how fast archives come in, with threads, rendering and index, and how fast people do.

    python -m bench.imports [--passes 5] [--results bench/results/imports.md]

Each pass is a process of its own on a fresh database. PostgreSQL is the one of the tests, or HEARTH_TEST_POSTGRES names one.
The shared archives are measured where they are ($HEARTH_SHARED or ../shared); an archive made here is measured always.
"""

import argparse
import json
import os
import platform
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("HEARTH_SHARED") or ROOT.parent / "shared") / "data"
POSTS_BAR, MEMBERS_BAR = 1_000, 2_000
LETTERS = 10_000
PEOPLE = 20_000
WORDS = [
    "boat",
    "lake",
    "room",
    "soup",
    "walk",
    "tree",
    "road",
    "song",
    "bread",
    "winter",
    "garden",
    "letter",
    "evening",
]
START = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)
MEMBERS, ROWS_ONLY = "members", "rows only (for comparison)"
MIGRATE = ["-m", "django", "migrate", "--skip-checks", "-v0"]

Row = dict[str, float]
Fresh = Callable[[int], AbstractContextManager[dict[str, str]]]


def main() -> None:
    """Run all passes and write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "results" / "imports.md")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one_pass(arguments.one)))
        return
    load = os.getloadavg()[0]
    found = {}
    for name, databases in (("SQLite", sqlite_databases), ("PostgreSQL", postgres_databases)):
        with databases() as fresh:
            found[name] = measure(arguments.passes, fresh)
    arguments.results.parent.mkdir(parents=True, exist_ok=True)
    arguments.results.write_text(written(found, arguments.passes, load))
    print(arguments.results.read_text())


def measure(passes: int, fresh: Fresh) -> dict[str, list[Row]]:
    """All kinds in turn, so that a busy moment of the machine does not fall on one kind alone."""
    shared = ["r-project-lists", "urho3d-discourse"] if SHARED.is_dir() else []
    rows: dict[str, list[Row]] = {kind: [] for kind in ("made-here", *shared, ROWS_ONLY, MEMBERS)}
    for number in range(passes * len(rows)):
        kind = list(rows)[number % len(rows)]
        with fresh(number) as environment:
            rows[kind].append(json.loads(python(["-m", "bench.imports", "--one", kind], environment)))
    return rows


@contextmanager
def sqlite_databases() -> Iterator[Fresh]:
    """Databases in files, each a copy of one that is migrated."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        base.mkdir()
        python(MIGRATE, {"HEARTH_DATA_DIR": str(base)})

        @contextmanager
        def fresh(number: int) -> Iterator[dict[str, str]]:
            data = Path(folder) / str(number)
            shutil.copytree(base, data)
            yield {"HEARTH_DATA_DIR": str(data)}
            shutil.rmtree(data)

        yield fresh


@contextmanager
def postgres_databases() -> Iterator[Fresh]:
    """Databases of one server, each a copy of one that is migrated."""
    import psycopg

    from tests.postgres import temporary_server

    with ExitStack() as stack:
        server = os.environ.get("HEARTH_TEST_POSTGRES") or stack.enter_context(temporary_server())
        data = stack.enter_context(tempfile.TemporaryDirectory())
        connection = stack.enter_context(psycopg.connect(server, autocommit=True))
        connection.execute("DROP DATABASE IF EXISTS hearth_bench_base")
        connection.execute("CREATE DATABASE hearth_bench_base")

        def environment(name: str) -> dict[str, str]:
            parts = urlsplit(server)
            address = urlunsplit(parts._replace(path=f"/{name}"))
            return {"HEARTH_DATA_DIR": data, "HEARTH_DATABASE_URL": address}

        python(MIGRATE, environment("hearth_bench_base"))

        @contextmanager
        def fresh(number: int) -> Iterator[dict[str, str]]:
            connection.execute(f"CREATE DATABASE hearth_bench_{number} TEMPLATE hearth_bench_base")
            yield environment(f"hearth_bench_{number}")
            connection.execute(f"DROP DATABASE hearth_bench_{number}")

        yield fresh
        connection.execute("DROP DATABASE hearth_bench_base")


def python(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """Run Python with Hearth on its path; return what it printed."""
    settings = {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])),
        "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
        "HEARTH_SECRET_KEY": "only-for-benchmarks-" + "k" * 40,
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **settings, **environment},
        text=True,
        stdout=PIPE,
        check=True,
    )
    return done.stdout


def one_pass(kind: str) -> Row:
    """Import one archive, or one crowd of people, into an empty community; say how long it took."""
    import django

    django.setup()
    from hearth.communities.models import Community
    from hearth.core.tenancy import tenant
    from hearth.spaces.models import Space

    community = Community.objects.create(slug="bench", name="Bench", mark="B", country="AT", languages=["en"])
    with tenant(community), tempfile.TemporaryDirectory() as folder:
        space = Space.objects.create(community=community, slug="list", name="List")
        work = prepared(kind, community, space, Path(folder))
        wall, cpu = time.perf_counter(), time.process_time()
        count = work()
        seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"count": count, "rate": count / seconds, "cpu": cpu / count * 1000, "memory": peak}


def prepared(kind: str, community: Any, space: Any, folder: Path) -> Callable[[], int]:
    """The work of one pass, with everything ready that does not belong to it."""
    from hearth.transfer.actions import import_posts
    from hearth.transfer.addresses import address_hash
    from hearth.transfer.archive import MailArchive
    from hearth.transfer.discourse import DiscourseForum

    now = datetime.now(UTC)
    options: dict[str, Any] = {
        "community": community,
        "space": space,
        "by": None,
        "now": now,
        "source": "bench",
    }
    if kind in (MEMBERS, ROWS_ONLY):
        return crowd(community) if kind == MEMBERS else bare_rows(space)
    if kind == "urho3d-discourse":
        paths = sorted((SHARED / "forum" / kind).glob("*.gz"))
        return lambda: import_posts(records=DiscourseForum(paths, now).posts(), **options).made
    paths = (
        sorted((SHARED / "mail-lists" / kind).glob("*.gz"))
        if kind == "r-project-lists"
        else [made_here(folder)]
    )

    def mail() -> int:
        archive = MailArchive(paths, now, address_hash)
        archive.survey()
        return import_posts(records=archive.posts(), **options).made

    return mail


def crowd(community: Any) -> Callable[[], int]:
    """Twenty thousand people, as an import makes them: a member and the key by which it is found again, by 500."""
    from django.db import transaction

    from hearth.transfer.actions.guests import Guests
    from hearth.transfer.addresses import address_hash
    from hearth.transfer.records import ImportedPost

    def people() -> int:
        guests = Guests(community, "bench")
        for first in range(0, PEOPLE, 500):
            hashes = [address_hash(f"person{number}@lista.example") for number in range(first, first + 500)]
            records = [
                ImportedPost("x", "x", None, f"address:{key}", f"Person {key[:6]}", key, "", START)
                for key in hashes
            ]
            with transaction.atomic():
                guests.members_for(records)
        return guests.made

    return people


def bare_rows(space: Any) -> Callable[[], int]:
    """What the database and Django alone cost: ready posts of the same length into one table, by 500."""
    from django.db import transaction

    from hearth.conversations.models import Post, Topic

    topic = Topic.objects.create(
        community_id=space.community_id, space=space, title="x", started_at=START, last_post_at=START
    )
    text = " ".join(WORDS * 10)

    def rows() -> int:
        for first in range(1, LETTERS + 1, 500):
            posts = [
                Post(
                    community_id=space.community_id, topic=topic, number=number, source=text, body_html=f"<p>{text}</p>",
                    body_text=text, written_at=START,
                )
                for number in range(first, first + 500)
            ]  # fmt: skip
            with transaction.atomic():
                Post.objects.bulk_create(posts)
        return LETTERS

    return rows


def made_here(folder: Path) -> Path:
    """A mailing list of 10,000 letters by 500 people in 1,500 threads, 130 words each, the same in every run."""
    draw = random.Random(9)
    threads = [[number] for number in range(1, 1_501)]
    path = folder / "list.mbox"
    with path.open("w") as file:
        for number in range(1, LETTERS + 1):
            at, person = START + timedelta(minutes=20 * number), draw.randrange(500)
            thread = threads[number - 1] if number <= 1_500 else draw.choice(threads)
            answers = "" if number <= 1_500 else f"In-Reply-To: <{draw.choice(thread)}@lista.example>\n"
            if number > 1_500:
                thread.append(number)
            text = "\n\n".join(
                "\n".join(" ".join(draw.choices(WORDS, k=11)) for _line in range(3))
                for _paragraph in range(4)
            )
            file.write(
                f"From p{person} at lista.example  {at:%a %b %e %H:%M:%S %Y}\n"
                f"From: p{person} at lista.example (Person {person})\nDate: {at:%a, %d %b %Y %H:%M:%S} +0000\n"
                f"Subject: {'Re: ' if answers else ''}About {thread[0]}\n{answers}"
                f"Message-ID: <{number}@lista.example>\n\n{text}\n\n\n"
            )
    return path


def written(found: dict[str, dict[str, list[Row]]], passes: int, load: float) -> str:
    """The result file."""
    lines = [
        "# Imports (measure 9)",
        "",
        f"Bars: {POSTS_BAR:,} posts a second with threads, rendering and index; {MEMBERS_BAR:,} members a second.",
        "Reading the files (twice for mail), people, topics, posts, search entries and the record of what was imported are",
        "all inside the time. Figures are medians; in brackets the lowest and the highest of all passes.",
        "",
        f"{datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, {platform.machine()}, {platform.system()}; load {load:.1f}",
        f"before the first pass; Python {platform.python_version()}, Django {version('django')},",
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL 18 of the tests (without fsync);",
        f"{passes} passes, each in a fresh process on a fresh database.",
        "",
        "| database | what | count | per second | bar | CPU-ms each, without the database server | peak memory, MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [row(database, kind, rows) for database, kinds in found.items() for kind, rows in kinds.items()]
    return "\n".join([*lines, "", "Run it: `python -m bench.imports`", ""])


def row(database: str, kind: str, rows: list[Row]) -> str:
    """One line of the table."""
    bar = {MEMBERS: MEMBERS_BAR, ROWS_ONLY: 0}.get(kind, POSTS_BAR)
    rates = sorted(one["rate"] for one in rows)
    middle = statistics.median(rates)
    verdict = f"{bar:,}: {'met' if middle >= bar else 'missed'}" if bar else "-"
    cpu, memory = statistics.median(one["cpu"] for one in rows), max(one["memory"] for one in rows)
    rate = f"{middle:,.0f} ({rates[0]:,.0f} to {rates[-1]:,.0f})"
    return (
        f"| {database} | {kind} | {rows[0]['count']:,.0f} | {rate} | {verdict} | {cpu:.2f} | {memory:,.0f} |"
    )


if __name__ == "__main__":
    main()
