"""Measures 1 to 6 of the design: what pages, search and answers cost, on the whole tree of processes.

    python -m bench.pages [--database sqlite|postgres] [--passes N] [--quick]

Each pass measures a bare Django page first, then every page with 8 keep-alive connections from another process. Processor
time is that of web server, worker, mail listener and PostgreSQL together. Writes bench/results/pages.md.
"""

import argparse
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import ROOT, TITLES, Load, Running, hearth, hello, keep, load, machine, spread
from bench.replies import measure_replies
from bench.visitors import CONNECTIONS, plans_for, request, visitors

RESULTS = ROOT / "bench" / "results" / "pages.md"


@dataclass(frozen=True)
class Measure:
    """A kind of request. most: the bar in times the bare page; most_ms: the bar in CPU-ms."""

    name: str
    number: str = ""
    most: float = 0
    most_ms: float = 0
    total: int = 480


TOPIC_GUEST = Measure("topic page of 20 posts, guest", "1", 12)
TOPIC_MEMBER = Measure("topic page of 20 posts, member", "2", 18)
MEASURES = [
    TOPIC_GUEST,
    Measure("one topic again and again, guest"),
    TOPIC_MEMBER,
    Measure("one topic again and again, member"),
    Measure("page 5 of a topic of 200 posts, member"),
    Measure("latest page, guest", "3", 10),
    Measure("latest page, member", "3", 15),
    Measure("space page, guest"),
    Measure("space page, member"),
    Measure("search, best first, guest", "5", most_ms=12),
    Measure("search, best first, member", "5", most_ms=12),
    Measure("search, newest first, member", "5", most_ms=4),
    Measure("Today, member"),
    Measure("style sheet", total=3000),
]
REPLY = Measure("answer by HTTP", "6", most_ms=6)
REPLY_AFTER = Measure("what follows an answer (worker: a mail to each of 10 followers)")


@dataclass
class Found:
    """All passes: per measure the loads at 8 connections and at one; per pass the cost of the bare page."""

    eight: dict[str, list[Load]] = field(default_factory=dict)
    one: dict[str, list[Load]] = field(default_factory=dict)
    ours: list[Load] = field(default_factory=list)
    plain: list[Load] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)

    def ratios(self, name: str) -> list[float]:
        """Return how many bare pages behind the same server each pass of a measure cost."""
        return [each.cpu / bare.cpu for each, bare in zip(self.eight[name], self.ours, strict=True)]


def main() -> None:
    """Run the passes, write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=list(TITLES), default="sqlite")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a quarter of the requests")
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    share = 0.25 if arguments.quick else 1.0
    found = Found()
    with hearth(arguments.database) as site:
        plans = dict(zip([each.name for each in MEASURES], plans_for(site).values(), strict=True))
        for each in MEASURES:
            load(site, plans[each.name], max(CONNECTIONS, int(each.total * share)))
        for number in range(arguments.passes):
            one_pass(site, plans, found, share, number)
    section = written(arguments.database, found, arguments.passes)
    print(section)
    keep(arguments.results, HEAD, TITLES[arguments.database], section)


def one_pass(
    site: Running, plans: dict[str, list[list[str]]], found: Found, share: float, number: int
) -> None:
    """Measure everything once."""
    for plain, loads in ((True, found.plain), (False, found.ours)):
        with hello(plain=plain) as bare:
            page = [[request("/", port=bare.port)]] * CONNECTIONS
            load(bare, page, 400)
            loads.append(load(bare, page, int(3000 * share)))
    for each in MEASURES:
        total = int(each.total * share)
        found.eight.setdefault(each.name, []).append(load(site, plans[each.name], total))
        found.one.setdefault(each.name, []).append(load(site, plans[each.name][:1], total // 4))
    answers = measure_replies(site, visitors(site), total=int(240 * share), first=number * 100_000)
    found.eight.setdefault(REPLY.name, []).append(answers.taken)
    found.one.setdefault(REPLY.name, []).append(answers.alone)
    found.eight.setdefault(REPLY_AFTER.name, []).append(answers.after)
    found.replies.append(answers.words)


def written(database: str, found: Found, passes: int) -> str:
    """Return this database's section of the result file."""
    lines = [
        f"## {TITLES[database]}",
        "",
        f"{machine()}; {passes} passes.",
        f"A bare page: {spread([each.cpu for each in found.ours], 3)} CPU-ms behind Hearth's server, "
        f"{spread([each.cpu for each in found.plain], 3)} behind granian's own WSGI.",
        "",
        "| # | measure | CPU-ms | x bare page | bar | | p50 alone, ms | p50 / p99 at eight, ms | requests/s | kB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(each, found) for each in [*MEASURES, REPLY]]
    after = [each.cpu for each in found.eight[REPLY_AFTER.name]]
    lines += [
        "",
        f"{REPLY_AFTER.name}: {spread(after)} CPU-ms an answer.",
        *found.replies[-1:],
        "",
        *_latency(found),
        "",
    ]
    return "\n".join(lines)


def _row(each: Measure, found: Found) -> str:
    loads, ratios = found.eight[each.name], found.ratios(each.name)
    ratio = statistics.median(ratios)
    bar, met = "", ""
    if each.most:
        bar, met = f"{each.most:g} x", "met" if ratio <= each.most else "missed"
    elif each.most_ms:
        bar = f"{each.most_ms:g} CPU-ms"
        met = "met" if statistics.median(one.cpu for one in loads) <= each.most_ms else "missed"
    alone = [each.at(0.5) for each in found.one[each.name]]
    middle, high = ([each.at(share) for each in loads] for share in (0.5, 0.99))
    return (
        f"| {each.number} | {each.name} | {spread([each.cpu for each in loads])} | {spread(ratios, 1)} | {bar} | {met} "
        f"| {spread(alone, 1)} | {statistics.median(middle):.1f} / {spread(high, 1)} "
        f"| {statistics.median(each.rate for each in loads):.0f} | {loads[0].size / 1000:.1f} |"
    )


def _latency(found: Found) -> list[str]:
    lines = []
    for each in (TOPIC_GUEST, TOPIC_MEMBER):
        alone = statistics.median(load.at(0.5) for load in found.one[each.name])
        factor = statistics.median(load.at(0.99) / load.at(0.5) for load in found.eight[each.name])
        met = "met" if alone <= 4 and factor <= 3 else "missed"
        lines.append(
            f"4: {each.name}: p50 at one connection {alone:.1f} ms (bar 4); p99 at eight {factor:.1f} x p50 (bar 3): {met}."
        )
    return lines


HEAD = """# Pages, search and answers (measures 1 to 6)

Processor time of the whole tree of processes that `hearth up` starts, and of PostgreSQL, divided by the requests; 8
keep-alive connections from another process, each with its next request as soon as it has its answer. Medians of all
passes, in brackets the lowest and the highest. A member is signed in and has read half of all topics. "Topic page" goes
through 420 topics in turn, so that pages find in memory what a busy community lets them find, not all of it.

Ratios are to a bare Django page behind the same server, measured anew in each pass. By their ratio to a bare page (0.25
CPU-ms where the design's figures were taken) its peers cost, as guest and as member: a topic in NodeBB 45 and 64, in Spirit
98 and 212; the latest page in NodeBB 37 and 66, in Spirit 54 and 114. The bars in bare pages are the stricter ones.

The bare page takes turns too (docs/performance.md, "Pages take turns"). Without them it cost 0.153 to 0.173 CPU-ms where it
cost 0.167 to 0.247 with them, minutes apart: ratios flatter by a tenth against those from before 22 November 2026, 19:30.

Answers are measured while the worker is held; what it does about them is measured afterwards. Latencies include waiting
behind seven other connections, the client, and whatever else runs on the same two cores.

Run it: `python -m bench.pages --database sqlite` and `python -m bench.pages --database postgres`
"""


if __name__ == "__main__":
    main()
