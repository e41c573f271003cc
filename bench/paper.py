"""How long a printed document takes, its process included, and how large it is.

python -m bench.paper [--passes 20]
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.measure import ROOT, keep, machine, spread

HEAD = """# Paper

Each document is made in a process of its own, which is begun and ended for it; that is inside. Processor time is
that of this process. Medians; in brackets the lowest and the highest.

Run it: `python -m bench.paper`"""
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Make each document several times and keep the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--passes", type=int, default=20)
    passes = asked.parse_args().passes
    lines = [_line(name, make, passes) for name, make in _documents().items()]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    table = "\n".join(["| document | ms | CPU-ms | KB |", "| --- | --- | --- | --- |", *lines])
    said = (
        f"## Documents\n\n{machine()}; {passes} passes. Most memory of one process: {most:.0f} MB.\n\n{table}"
    )
    keep(ROOT / "bench/results/paper.md", HEAD, "Documents", said)
    print(said)


def _line(name: str, make: Callable[[], bytes], passes: int) -> str:
    took, used, document = [], [], b""
    for _each in range(passes):
        start, before = time.perf_counter(), _processor()
        document = make()
        took.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (_processor() - before))
    return f"| {name} | {spread(took, 0)} | {spread(used, 0)} | {len(document) / 1024:.0f} |"


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _documents() -> dict[str, Callable[[], bytes]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from hearth.purpose.paper.face import Face, WayIn
    from hearth.purpose.paper.picture import picture
    from hearth.purpose.paper.pieces import PosterWords
    from hearth.purpose.paper.poster import poster
    from hearth.purpose.paper.timetable import timetable
    from hearth.purpose.parts import Parts, sentence

    short = Parts(
        "people in their first year", ("phone each other", "swap tricks", "write letters"), "no one is alone"
    )
    three = ("phone each other " * 11, "swap tricks again " * 11, "write letters too " * 11)
    long = Parts("people in their first year " * 4, three, "no one is left alone " * 8)
    face = Face("A society", "#8C2F0B")
    told: dict[str, Any] = {"face": face, "made": MADE}
    way_in = WayIn("https://hearth.example.org/c/society/", "+41 44 123 45 67")

    def words(parts: Parts) -> PosterWords:
        return PosterWords(sentence(parts, "en"), parts)

    return {
        "poster": lambda: poster(words(short), language="en", way_in=way_in, **told),
        "poster, A3, longest words": lambda: poster(
            words(long), language="en", way_in=way_in, size="a3", **told
        ),
        "picture, 1200 x 630": lambda: picture(words(short), language="en", **told).png,
        "timetable": lambda: timetable(language="en", minutes=60, **told),
        "timetable, large print, Arabic": lambda: timetable(
            language="ar", minutes=90, print_size="large", **told
        ),
    }


if __name__ == "__main__":
    main()
