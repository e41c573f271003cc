"""Measure 6: answers, sent as a browser sends them, counted afterwards in the database, and followed to their mails."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Load, Running, load, python
from bench.visitors import Visitor

FOLLOWED_WITHIN = 120


@dataclass(frozen=True)
class Answers:
    """What answers cost: taken in at eight connections, at one, and what the worker does about each afterwards."""

    taken: Load
    alone: Load
    after: Load
    words: str


def measure_replies(site: Running, members: list[Visitor], *, total: int, first: int) -> Answers:
    """Send answers while the worker is held, so that their own cost is known; then let it go and wait until it is done.

    Raises SystemExit when an answer was refused, or when one of its rows is missing or there twice.
    """
    plan = [_answers(site, member, place) for place, member in enumerate(members)]
    before, sent = count(site), total + total // 4
    with _worker_held(site):
        taken = load(site, plan, total, first=first)
        alone = load(site, plan[:1], total // 4, first=first + total)
    began, clock = site.cpu(), time.monotonic()
    after = _until_followed(site)
    spent, seconds = site.cpu() - began, time.monotonic() - clock
    refused = {status: number for part in (taken, alone) for status, number in part.statuses.items()}
    made = {name: after[name] - before[name] for name in ("posts", "entries", "happenings", "reactions")}
    if set(refused) != {"302"} or set(made.values()) != {sent}:
        raise SystemExit(f"{sent} answers were sent; the server said {refused}; there are {made}.")
    deliveries = after["deliveries"] - before["deliveries"]
    words = (
        f"{sent} answers sent in the last pass: {made['posts']} posts, {made['entries']} index entries, "
        f"{made['happenings']} happenings, {made['reactions']} reactions, all done {seconds:.0f} s later with "
        f"{deliveries} mails planned."
    )
    return Answers(taken, alone, Load(1000 * spent / sent, [0.0], sent / seconds, {}, 0), words)


def count(site: Running) -> dict[str, int]:
    """Return how many rows there are, as a process of its own sees them."""
    counted: dict[str, int] = json.loads(python(["-m", "bench.corpus", "count"], site.environment))
    return counted


def _answers(site: Running, member: Visitor, place: int) -> list[str]:
    """What one connection sends: each of its topics in turn, each form with a token that no other one has."""
    topics = site.addresses["answered"][place::8]
    csrf = member.get(site, topics[0])
    form = {
        "csrfmiddlewaretoken": csrf.csrf,
        "form_token": "bench-answer-{n}",
        "text": site.addresses["answer"],
    }
    return [Visitor(csrf.cookies).request(f"{path}answer/", port=site.port, form=form) for path in topics]


@contextmanager
def _worker_held(site: Running) -> Iterator[None]:
    worker = site.parts()["worker"]
    os.kill(worker, signal.SIGSTOP)
    # One that was stopped in the middle of writing to SQLite would hold everybody else up.
    while f" {worker} " in "".join(line for line in _locks() if " WRITE " in line):
        os.kill(worker, signal.SIGCONT)
        time.sleep(0.05)
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def _locks() -> list[str]:
    return Path("/proc/locks").read_text().splitlines()


def _until_followed(site: Running) -> dict[str, int]:
    deadline = time.monotonic() + FOLLOWED_WITHIN
    while True:
        counted = count(site)
        if not counted["open_reactions"] and not counted["open_tasks"]:
            return counted
        if time.monotonic() > deadline:
            raise SystemExit(f"Not everything was done after {FOLLOWED_WITHIN} s: {counted}")
        time.sleep(1)
