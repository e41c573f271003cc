"""Measure 10: the memory of everything that `hearth up` starts, after a mixture of the other measures, and its growth.

    python -m bench.memory [--database sqlite|postgres] [--requests N]

Memory is proportional (PSS: what processes share is divided among them), read from /proc for each part of the tree.
Writes bench/results/memory.md.
"""

import argparse
import smtplib
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from bench.measure import PARTS, ROOT, TITLES, Running, hearth, keep, load, machine, memory_of_tree
from bench.replies import measure_replies
from bench.visitors import CONNECTIONS, plans_for, visitors

RESULTS = ROOT / "bench" / "results" / "memory.md"
MOST = 300
MOST_GROWTH = 5
ENOUGH = 100_000
STEPS = 10
ANSWERS = 400
MAILS = 200
WARM_UP = 4_000
SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Look:
    """Memory in MB of each part after so many requests."""

    when: str
    parts: dict[str, float]

    @property
    def total(self) -> float:
        """Memory of the whole tree."""
        return sum(self.parts.values())


def main() -> None:
    """Start everything, use it, look at it again and again, write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=list(TITLES), default="sqlite")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    with hearth(arguments.database) as site:
        looks = [look(site, "just started")]
        measure_replies(site, visitors(site), total=ANSWERS, first=0)
        take_in_mails(site)
        mixture(site, WARM_UP)
        looks.append(look(site, "everything used"))
        for step in range(1, STEPS + 1):
            mixture(site, arguments.requests // STEPS)
            looks.append(look(site, f"{step * arguments.requests // STEPS:,} requests later"))
    section = written(arguments.database, looks, arguments.requests)
    print(section)
    keep(arguments.results, HEAD, TITLES[arguments.database], section)


def take_in_mails(site: Running) -> None:
    """Send mails in, to addresses that are nobody's: each is kept and looked at."""
    with smtplib.SMTP("127.0.0.1", int(site.environment["HEARTH_MAIL_LISTEN_PORT"]), timeout=30) as line:
        for number in range(MAILS):
            sender, receiver = f"person{number}@bench.example", f"r-{number}@hearth.localhost"
            head = f"From: {sender}\r\nTo: {receiver}\r\nMessage-ID: <{number}@bench.example>\r\nSubject: Re: Bench"
            line.sendmail(
                sender, [receiver], f"{head}\r\n\r\n{site.addresses['answer']}\r\n".encode(), ["SMTPUTF8"]
            )


def mixture(site: Running, total: int) -> None:
    """Ask for pages of all kinds in turn."""
    kinds = [plan for name, plan in plans_for(site).items() if name != "style sheet"]
    together = [
        [text for text in chain.from_iterable(zip_longest(*(plan[place] for plan in kinds))) if text]
        for place in range(CONNECTIONS)
    ]
    load(site, together, total)


def look(site: Running, when: str) -> Look:
    """Read the memory of every part now."""
    parts = {name: memory_of_tree(pid) for name, pid in site.parts().items()}
    parts[SUPERVISOR] = memory_of_tree(site.pid) - sum(parts.values())
    return Look(when, parts)


def written(database: str, looks: list[Look], requests: int) -> str:
    """Return this database's section of the result file."""
    names = [*PARTS, SUPERVISOR]
    used, last = looks[1], looks[-1]
    growth = 100 * (last.total / used.total - 1)
    lines = [
        f"## {TITLES[database]}",
        "",
        f"{machine()}.",
        "",
        f"| MB | {' | '.join(names)} | total |",
        f"| --- |{' --- |' * (len(names) + 1)}",
    ]
    lines += [
        f"| {each.when} | {' | '.join(f'{each.parts[name]:.1f}' for name in names)} | {each.total:.1f} |"
        for each in looks
    ]
    return "\n".join(
        [
            *lines,
            "",
            f"Highest total {max(each.total for each in looks):.0f} MB, bar {MOST}: "
            f"{'met' if max(each.total for each in looks) <= MOST else 'missed'}. "
            f"Growth over {requests:,} requests {growth:+.1f} %, bar {MOST_GROWTH}: "
            f"{'missed' if growth > MOST_GROWTH else 'met' if requests >= ENOUGH else 'not shown with so few'}.",
        ]
    )


HEAD = f"""# Memory (measure 10)

Proportional memory (PSS) of everything that `hearth up` starts, without the database server: web server with two processes
and what holds them, worker, mail listener, supervisor. "Everything used" is after {ANSWERS} answers with their mails to 10
followers each, {MAILS} mails taken in, and {WARM_UP:,} requests; then pages of all kinds in turn, as guests and as members.

Run it: `python -m bench.memory --database sqlite` and `python -m bench.memory --database postgres`
"""


if __name__ == "__main__":
    main()
