"""Live updates: many readers wait on one server process, and something changes every second.

    python -m bench.live [--database sqlite|postgres] [--seconds 20]

For each number of readers: how long they take to come in, memory for each of them, what waiting costs, and when a change
arrives. The server, the readers and the process that makes the changes share the machine. Writes bench/results/live.md.
"""

import argparse
import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from subprocess import PIPE
from typing import Any

from bench.measure import (
    ROOT,
    TITLES,
    Environment,
    cpu_of_tree,
    free_port,
    keep,
    machine,
    memory_of_tree,
    postgres,
    running,
    settings,
    temporary_folder,
)

RESULTS = ROOT / "bench" / "results" / "live.md"
# Readers, and how many different things they wait for.
CROWDS = ((200, 1), (1000, 1), (5000, 1), (5000, 5000))
TOUCHED_EACH_SECOND = 50
REST = 10
COLUMNS = (
    "readers", "things", "all in after, s", "kB a reader", "waiting, % of a core", "changing, % of a core",
    "p50, ms", "p99, ms", "longest, ms", "arrived", "dropped", "held after all left",
)  # fmt: skip
OPENING_AT_ONCE = 100


@dataclass(frozen=True)
class Seen:
    """What one crowd saw. Times in milliseconds, memory in kB a reader, processor in per cent of one core."""

    readers: int
    keys: int
    opening: float
    memory: float
    idle: float
    busy: float
    arrivals: list[float]
    expected: int
    dropped: int
    left: int


def main() -> None:
    """Measure every crowd, write the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=list(TITLES), default="sqlite")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--as", choices=["main", "readers", "changes"], default="main", dest="part")
    arguments = parser.parse_args()
    if arguments.part == "readers":
        listen(json.loads(sys.stdin.readline()))
    elif arguments.part == "changes":
        change()
    else:
        with environment(arguments.database) as given:
            found = [measure(given, *crowd, arguments.seconds) for crowd in CROWDS]
        section = written(arguments.database, found, arguments.seconds)
        print(section)
        keep(arguments.results, HEAD, TITLES[arguments.database], section)


@contextmanager
def environment(database: str) -> Iterator[Environment]:
    """Yield what the processes share, on a database of its own."""
    with temporary_folder() as folder:
        if database == "sqlite":
            yield settings({"HEARTH_DATA_DIR": str(folder)})
            return
        with postgres() as (address, _pid):
            yield settings({"HEARTH_DATA_DIR": str(folder), "HEARTH_DATABASE_URL": address})


def measure(given: Environment, readers: int, keys: int, seconds: int) -> Seen:
    """Let so many readers wait for so many things on one server process, and change things for so many seconds."""
    port = free_port()
    site = [sys.executable, "-m", "tests.config.live_site"]
    subprocess.run([*site, "prepare"], cwd=ROOT, env=given, check=True)
    with (
        running([*site, str(port), "1"], given, port) as server,
        part("readers", given) as crowd,
        part("changes", given) as changes,
    ):
        names = [f"bench:{place}" for place in range(keys)]
        # The first of each is made, and the server has everything loaded, before anything is weighed.
        told(changes, names)
        plan = {"port": port, "keys": names, "readers": 20, "seconds": 0}
        with part("readers", given) as first:
            told(first, plan)
            first.communicate("\n", timeout=60)
        before = memory_of_tree(server.pid)
        opening = told(crowd, plan | {"readers": readers, "seconds": seconds + 3})["opening"]
        memory = (memory_of_tree(server.pid) - before) * 1024 / readers
        idle = busy_for(server.pid, REST)
        made, busy = changed(changes, names, seconds, server.pid, crowd)
        heard = json.loads(crowd.communicate(timeout=120)[0])
        time.sleep(1)
        return seen(readers, names, made, heard, (opening, memory, idle, busy, waiting(port)))


def changed(
    changes: Any, names: list[str], seconds: int, server: int, crowd: Any
) -> tuple[dict[str, float], float]:
    """Change things each second; return when each number of each thing was made, and what that took of a core."""
    made: dict[str, float] = {}
    say(crowd, "")
    cpu, began = cpu_of_tree(server), time.monotonic()
    for second in range(seconds):
        chosen = [
            names[(second * TOUCHED_EACH_SECOND + place) % len(names)]
            for place in range(min(TOUCHED_EACH_SECOND, len(names)))
        ]
        made |= told(changes, chosen)
        time.sleep(max(0, began + second + 1 - time.monotonic()))
    return made, 100 * (cpu_of_tree(server) - cpu) / (time.monotonic() - began)


def seen(
    readers: int,
    names: list[str],
    made: dict[str, float],
    heard: dict[str, Any],
    rest: tuple[float, float, float, float, int],
) -> Seen:
    """Put together when something was changed and when each reader heard of it."""
    each = readers // len(names)
    arrivals = [1000 * (at - made[what]) for what, at in heard["arrivals"] if what in made]
    opening, memory, idle, busy, left = rest
    return Seen(
        readers, len(names), opening, memory, idle, busy, arrivals, each * len(made), heard["dropped"], left
    )


def busy_for(pid: int, seconds: float) -> float:
    """Return the processor time that these processes take while nothing happens, in per cent of a core."""
    before = cpu_of_tree(pid)
    time.sleep(seconds)
    return 100 * (cpu_of_tree(pid) - before) / seconds


def waiting(port: int) -> int:
    """Return how many lines the server still holds."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"GET /waiting HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    return int(answer.rpartition(b"\r\n\r\n")[2])


@contextmanager
def part(name: str, given: Environment) -> Iterator[Any]:
    """Run one of the other parts of this measure in a process of its own."""
    command = [sys.executable, "-m", "bench.live", "--as", name]
    process = subprocess.Popen(command, cwd=ROOT, env=given, stdin=PIPE, stdout=PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def say(process: Any, words: str) -> None:
    process.stdin.write(words + "\n")
    process.stdin.flush()


def told(process: Any, what: object) -> Any:
    """Tell a part what to do; return its answer."""
    say(process, json.dumps(what))
    return json.loads(process.stdout.readline())


def change() -> None:
    """Raise the numbers of the keys on each line, each in a transaction of its own; tell when each was made."""
    import django

    import tests.config.live_site  # noqa: F401 – its settings

    django.setup()

    from hearth.core import live

    for line in sys.stdin:
        made = {}
        for key in json.loads(line):
            at = time.monotonic()
            live.touch(key)
            made[f"{key} {live.number(key)}"] = at
        print(json.dumps(made), flush=True)


def listen(plan: dict[str, Any]) -> None:
    """Open all lines, tell how long that took, wait for a word, listen for so many seconds, tell what arrived when."""
    from hearth.config.processes import allow_many_connections

    allow_many_connections()
    chosen, began = selectors.DefaultSelector(), time.monotonic()
    for places in batched(range(plan["readers"]), OPENING_AT_ONCE):
        lines = []
        for place in places:
            line, key = (
                socket.create_connection(("127.0.0.1", plan["port"]), 30),
                plan["keys"][place % len(plan["keys"])],
            )
            line.sendall(f"GET /listen/{key} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            chosen.register(line, selectors.EVENT_READ, key)
            lines.append(line)
        for line in lines:
            received = b""
            while b"\ndata: " not in received:
                received += line.recv(4096)
    print(json.dumps({"opening": 1000 * (time.monotonic() - began)}), flush=True)
    sys.stdin.readline()
    print(json.dumps(heard(chosen, plan["seconds"])), flush=True)


def heard(chosen: selectors.BaseSelector, seconds: float) -> dict[str, Any]:
    """Listen on all lines; return which number of which thing came when, and how many lines ended."""
    arrivals, dropped, ends = [], 0, time.monotonic() + seconds
    # A line that speaks to show that it is there repeats its number, and that is no arrival.
    before: dict[Any, str] = {}
    while (left := ends - time.monotonic()) > 0:
        for key, _event in chosen.select(left):
            at, piece = time.monotonic(), key.fileobj.recv(4096)  # type: ignore[union-attr]
            if not piece or b"\r\n0\r\n\r\n" in piece:
                dropped += 1
                chosen.unregister(key.fileobj)
                continue
            for one in piece.split(b"\ndata: ")[1:]:
                number = one.partition(b"\n")[0].decode()
                if before.get(key.fd) != number:
                    before[key.fd] = number
                    arrivals.append((f"{key.data} {number}", at))
    return {"arrivals": arrivals, "dropped": dropped}


def written(database: str, found: list[Seen], seconds: int) -> str:
    """Return one database's section of the result file."""
    rows = "\n".join(row(one) for one in found)
    return f"""## {TITLES[database]}

{machine()}; {seconds} s each.

| {" | ".join(COLUMNS)} |
|{" --- |" * len(COLUMNS)}
{rows}"""


def row(one: Seen) -> str:
    """Return one crowd's line."""
    cuts = statistics.quantiles(one.arrivals, n=100)
    return (
        f"| {one.readers:,} | {one.keys:,} | {one.opening / 1000:.1f} | {one.memory:.1f} | {one.idle:.1f} | {one.busy:.1f} "
        f"| {cuts[49]:.0f} | {cuts[98]:.0f} | {max(one.arrivals):.0f} "
        f"| {len(one.arrivals):,} of {one.expected:,} | {one.dropped} | {one.left} |"
    )


HEAD = f"""# Live updates

Readers wait on open lines of one server process; every second something changes (one thing; of 5,000 things
{TOUCHED_EACH_SECOND}), each change in a transaction of another process. A change counts from before its transaction begins
until the reader's process has read it, so it holds the commit, the poll (every 0.3 s), and the readers' own queue: one
process plays all of them on the same cores. "kB a reader" is proportional memory (PSS) of the server, without what the
kernel keeps for a connection.
The page that opens a line here asks the database once; a page of Hearth also finds out who asks and what they may.
Readers then fetch their part of the page by themselves, within another 0.7 s; that is not in these figures.

Run it: `python -m bench.live --database sqlite` and `python -m bench.live --database postgres`"""


if __name__ == "__main__":
    main()
