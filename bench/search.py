"""Measure 5: what a search costs at 10,000, 40,000 and 100,000 posts, on SQLite and PostgreSQL.

    python -m bench.search [--database sqlite|postgres] [--sizes 10000 40000 100000] [--passes N] [--questions N]

Posts have about 80 words in three languages. Questions are one to three words of a post drawn at random, so that words which
stand in most posts are asked for most often; no real reader is that unkind. Processor time is that of Python and PostgreSQL
together, inside one process without a web server. Writes bench/results/search.md.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.measure import ROOT, cpu_of_tree, hello, load, machine, postgres, python, spread, temporary_folder
from bench.visitors import request

RESULTS = ROOT / "bench" / "results" / "search.md"
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
SIZES = [10_000, 40_000, 100_000]
BARS = {"best": 12.0, "newest": 4.0}
SLOWEST = 70.0
SPACES = 5
POSTS_A_TOPIC = 20
WORD = re.compile(r"\w+")


@dataclass
class Asked:
    """One pass over all questions."""

    cpu: float
    latencies: list[float]
    hits: int


def main() -> None:
    """Measure every size on each database in processes of their own; write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=list(TITLES), action="append")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside is not None:
        print(json.dumps(inside(arguments.sizes, arguments.passes, arguments.questions, arguments.inside)))
        return
    told = ["--sizes", *map(str, arguments.sizes), "--passes", str(arguments.passes)]
    told += ["--questions", str(arguments.questions)]
    sections = [section(database, told) for database in arguments.database or TITLES]
    arguments.results.parent.mkdir(exist_ok=True)
    arguments.results.write_text(
        "\n".join(["# Search (measure 5)", "", *(__doc__ or "").split("\n")[3:], *sections])
    )
    print(arguments.results.read_text())


def section(database: str, told: list[str]) -> str:
    """Measure one database; return its part of the result file."""
    bare = [bare_page()]
    with temporary_folder() as data:
        environment = {"HEARTH_DATA_DIR": str(data), "HEARTH_LOG_LEVEL": "WARNING"}
        if database == "sqlite":
            found = _child(environment, told, 0)
        else:
            with postgres() as (environment["HEARTH_DATABASE_URL"], server):
                found = _child(environment, told, server)
    return written(database, found, [*bare, bare_page()])


def bare_page() -> float:
    """Return what a bare page costs behind granian at this moment, in CPU-ms: how fast the machine is just now."""
    with hello(plain=True) as site:
        page = [[request("/", port=site.port)]] * 8
        load(site, page, 400)
        return load(site, page, 2000).cpu


def _child(environment: dict[str, str], told: list[str], server: int) -> dict[str, Any]:
    python(["-m", "hearth", "prepare"], environment)
    printed = python(["-m", "bench.search", "--inside", str(server), *told], environment)
    answer: dict[str, Any] = json.loads(printed.strip().split("\n")[-1])
    return answer


def inside(sizes: list[int], passes: int, questions: int, server: int) -> dict[str, Any]:
    """Grow one community from size to size and ask at each."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from bench.corpus import LANGUAGES, SLUG
    from hearth.core.tenancy import tenant
    from hearth.search.queries import find

    community, spaces, people = _community()
    audiences = [f"space:{space.pk}" for space in spaces]
    client, draw, texts = Client(), random.Random(5), list[str]()
    rows = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if server else "SELECT sqlite_version()")
        engine = str(cursor.fetchone()[0])
    for size in sizes:
        began, cpu = time.perf_counter(), _cpu(server)
        with tenant(community):
            _grow(spaces, people, size - len(texts), texts, draw)
            grown = {"seconds": time.perf_counter() - began, "cpu": _cpu(server) - cpu}
        if server:
            # What autovacuum does soon after so many new rows; left to itself it would fall into the measure.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        asked = [_question(draw.choice(texts), draw) for _each in range(questions)]
        for order in BARS:

            def found(words: str, order: Any = order) -> int:
                with tenant(community):
                    return len(find(words, audiences=audiences, languages=LANGUAGES, order=order).hits)

            def page(words: str, order: str = order) -> int:
                path = f"/c/{SLUG}/search/"
                return client.get(path, {"q": words, "order": order}).content.count(b"row-title")

            ask(found, asked[:50], server)
            ask(page, asked[:20], server)
            query = [ask(found, asked, server) for _each in range(passes)]
            whole = [ask(page, asked[: len(asked) // 2], server) for _each in range(passes)]
            rows.append(
                {"size": size, "order": order, "grown": grown, "query": _told(query), "page": _told(whole)}
            )
    return {"engine": engine, "rows": rows, "questions": questions, "passes": passes}


def ask(one: Any, questions: list[str], server: int) -> Asked:
    """Ask all questions one after the other."""
    latencies, hits, before = [], 0, _cpu(server)
    for words in questions:
        began = time.perf_counter()
        hits += bool(one(words))
        latencies.append(1000 * (time.perf_counter() - began))
    return Asked(1000 * (_cpu(server) - before) / len(questions), sorted(latencies), hits)


def _cpu(server: int) -> float:
    return time.process_time() + (cpu_of_tree(server) if server else 0)


def _told(passes: list[Asked]) -> dict[str, Any]:
    def at(share: float) -> list[float]:
        return [each.latencies[int(share * (len(each.latencies) - 1))] for each in passes]

    hits = passes[0].hits / len(passes[0].latencies)
    return {
        "cpu": [each.cpu for each in passes],
        "p50": at(0.5),
        "p95": at(0.95),
        "worst": at(1),
        "hits": hits,
    }


def _question(text: str, draw: random.Random) -> str:
    words = WORD.findall(text)
    return " ".join(draw.sample(words, draw.randint(1, 3)))


def _community() -> tuple[Any, list[Any], list[int]]:
    from bench.corpus import LANGUAGES, SLUG
    from hearth.communities.actions import found_community
    from hearth.core.tenancy import tenant
    from hearth.members.actions import Profile, welcome
    from hearth.spaces.actions import open_space

    now = datetime.now(UTC)
    community = found_community(
        slug=SLUG, name="Bench", country="IE", languages=list(LANGUAGES), now=now, open_to_visitors=True
    )
    with tenant(community):
        spaces = [
            open_space(by=None, community=community, name=f"Room {number}", purpose_line="", now=now)
            for number in range(SPACES)
        ]
        people = [
            welcome(
                community=community,
                account=None,
                profile=Profile(name=f"Person {number}"),
                joined_at=now,
                now=now,
            ).pk
            for number in range(100)
        ]
    return community, spaces, people


def _grow(spaces: list[Any], people: list[int], number: int, texts: list[str], draw: random.Random) -> None:
    """Add that many posts, five minutes apart, in topics of 20; a sample of their texts goes to `texts`."""
    from bench.corpus import LANGUAGES, WORDS_A_POST, Speech
    from hearth.conversations.actions import OldPost, OldTopic, keep_archive
    from hearth.conversations.words import words

    speech = [Speech(language, draw) for language in LANGUAGES]
    first = datetime(2024, 1, 1, tzinfo=UTC)
    for at in range(0, number, 500):
        topics = []
        for _topic in range(at, min(at + 500, number), POSTS_A_TOPIC):
            language = draw.randrange(len(LANGUAGES))
            said = [speech[language].text(WORDS_A_POST) for _post in range(POSTS_A_TOPIC)]
            letters = [
                OldPost(
                    author_id=draw.choice(people),
                    words=words(text),
                    written_at=first + timedelta(minutes=5 * (len(texts) + place)),
                    lang=LANGUAGES[language],
                )
                for place, text in enumerate(said)
            ]
            texts += said
            topics.append(OldTopic(title=speech[language].text(6).rstrip("."), posts=letters))
        keep_archive(space=draw.choice(spaces), topics=topics)


def written(database: str, found: dict[str, Any], bare: list[float]) -> str:
    """Return the part of the result file about one database."""
    lines = [
        f"## {TITLES[database]}",
        "",
        f"{machine()}; {found['engine'].split(' on ')[0]}.",
        f"{found['questions']} questions (half of them as pages), {found['passes']} passes: median (lowest to highest).",
        "The page is Django's whole answer to a visitor, without the web server's own share.",
        f"A bare page behind granian: {bare[0]:.2f} CPU-ms before, {bare[1]:.2f} after.",
        "",
        "| posts | order | question, CPU-ms | p50, ms | p95, ms | worst, ms | page, CPU-ms | bar | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in found["rows"]:
        query, page, bar = row["query"], row["page"], BARS[row["order"]]
        met = statistics.median(page["cpu"]) <= bar and statistics.median(query["p95"]) <= SLOWEST
        lines.append(
            f"| {row['size']:,} | {row['order']} | {spread(query['cpu'])} | {spread(query['p50'], 1)} "
            f"| {spread(query['p95'], 1)} | {max(query['worst']):.0f} | {spread(page['cpu'])} "
            f"| {bar:g} CPU-ms, p95 {SLOWEST:g} ms | {'met' if met else 'missed'} |"
        )
    hits = found["rows"][-1]["query"]["hits"]
    lines += ["", f"{100 * hits:.0f} % of the questions found something.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
