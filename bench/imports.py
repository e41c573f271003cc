"""Measure 9: how fast archives come in, with threads, rendering and index, and how fast people do.

    python -m bench.imports [--passes 5] [--database sqlite|postgres]

Each pass is a process of its own on a fresh database. The shared archives are measured where they are ($HEARTH_SHARED or
../shared); an archive made here is measured always.
"""

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench.measure import (
    ROOT,
    TITLES,
    Environment,
    cpu_of_tree,
    keep,
    machine,
    postgres,
    python,
    spread,
    temporary_folder,
)

SHARED = Path(os.environ.get("HEARTH_SHARED") or ROOT.parent / "shared") / "data"
RESULTS = ROOT / "bench" / "results" / "imports.md"
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
MADE_HERE, R_LISTS, FORUM = "made-here", "r-project-lists", "urho3d-discourse"
MEMBERS, ROWS_ONLY = "members", "rows of posts only, for comparison"
MIGRATE = ["-m", "django", "migrate", "--skip-checks", "-v0"]
HEAD = f"""# Imports (measure 9)

Bars: {POSTS_BAR:,} posts a second with threads, rendering and index; {MEMBERS_BAR:,} members a second. Reading the files
(twice for mail), people, topics, posts, search entries and the record of what was imported are all inside. Processor time
is that of the import and of the database together; posts per second of it tell what an idle machine does, whatever else
ran beside. Medians; in brackets the lowest and the highest of all passes, each in a fresh process on a fresh database.

Run it: `python -m bench.imports`"""

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Databases:
    """Fresh databases, by number, and the first process of their server (0 without one)."""

    fresh: Callable[[int], AbstractContextManager[Environment]]
    server: int = 0


def main() -> None:
    """Run all passes and write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--database", choices=[*TITLES, "both"], default="both")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one_pass(arguments.one)))
        return
    for name, databases in (("sqlite", sqlite_databases), ("postgres", postgres_databases)):
        if arguments.database in (name, "both"):
            with databases() as found:
                keep(
                    RESULTS,
                    HEAD,
                    TITLES[name],
                    section(TITLES[name], measure(arguments.passes, found), arguments.passes),
                )
    sys.stdout.write(RESULTS.read_text())


def measure(passes: int, databases: Databases) -> dict[str, list[Row]]:
    """All kinds in turn, so that a busy moment of the machine does not fall on one kind alone."""
    shared = [R_LISTS, FORUM] if SHARED.is_dir() else []
    rows: dict[str, list[Row]] = {kind: [] for kind in (MADE_HERE, *shared, ROWS_ONLY, MEMBERS)}
    for number in range(passes * len(rows)):
        kind = list(rows)[number % len(rows)]
        with databases.fresh(number) as environment:
            before = cpu_of_tree(databases.server) if databases.server else 0
            row = json.loads(python(["-m", "bench.imports", "--one", kind], environment))
            spent = cpu_of_tree(databases.server) - before if databases.server else 0
        rows[kind].append(row | {"cpu": (row["cpu"] + spent) / row["count"] * 1000})
    return rows


@contextmanager
def sqlite_databases() -> Iterator[Databases]:
    """Databases in files, each a copy of one that is migrated."""
    with temporary_folder() as folder:
        (folder / "base").mkdir()
        python(MIGRATE, {"HEARTH_DATA_DIR": str(folder / "base")})

        @contextmanager
        def fresh(number: int) -> Iterator[Environment]:
            data = folder / str(number)
            shutil.copytree(folder / "base", data)
            yield {"HEARTH_DATA_DIR": str(data), "HEARTH_SHARED": str(SHARED.parent)}
            shutil.rmtree(data)

        yield Databases(fresh)


@contextmanager
def postgres_databases() -> Iterator[Databases]:
    """Databases of one server, each a copy of one that is migrated."""
    import psycopg

    with ExitStack() as stack:
        server, pid = stack.enter_context(postgres())
        data = str(stack.enter_context(temporary_folder()))
        connection = stack.enter_context(psycopg.connect(server, autocommit=True))

        def environment(name: str) -> Environment:
            address = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            return {
                "HEARTH_DATA_DIR": data,
                "HEARTH_SHARED": str(SHARED.parent),
                "HEARTH_DATABASE_URL": address,
            }

        connection.execute("CREATE DATABASE base")
        python(MIGRATE, environment("base"))

        @contextmanager
        def fresh(number: int) -> Iterator[Environment]:
            connection.execute(f"CREATE DATABASE pass_{number} TEMPLATE base")
            yield environment(f"pass_{number}")
            connection.execute(f"DROP DATABASE pass_{number}")

        yield Databases(fresh, pid)


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
    return {"count": count, "rate": count / seconds, "cpu": cpu, "memory": peak}


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
    if kind == FORUM:
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


def section(title: str, found: dict[str, list[Row]], passes: int) -> str:
    """What one database showed."""
    lines = [
        f"## {title}",
        "",
        f"{machine()}; {passes} passes.",
        "",
        "| what | count | bar | a second | CPU-ms each | a second of processor time | peak memory, MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, rows in found.items():
        bar = {MEMBERS: MEMBERS_BAR, ROWS_ONLY: 0}.get(kind, POSTS_BAR)
        cpu, memory = [one["cpu"] for one in rows], max(one["memory"] for one in rows)
        cells = [
            kind,
            f"{rows[0]['count']:,.0f}",
            f"{bar:,}" if bar else "",
            spread([one["rate"] for one in rows], 0),
            spread(cpu),
            f"{1000 / statistics.median(cpu):,.0f}",
            f"{memory:,.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
