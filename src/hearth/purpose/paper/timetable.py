"""The timetable of a workshop that finds the purpose together in 60 or 90 minutes: tagged PDF, normal or large print."""

from datetime import datetime, time
from pathlib import Path
from typing import Literal

from hearth.purpose.paper.face import Face

TEMPLATE = Path(__file__).with_name("timetable.typ")


def timetable(
    *,
    language: str,
    face: Face,
    minutes: Literal[60, 90],
    made: datetime,
    starts: time | None = None,
    print_size: Literal["normal", "large"] = "normal",
) -> bytes:
    """Return the timetable as a tagged PDF (PDF/UA-1) on A4: 14 pt in a table, or large print of 18 pt in blocks.

    The minutes of the steps make 60 or 90 exactly, a break included; with `starts` each step has its clock time. Said in
    English where paper does not speak the language. Refuses as `typeset` does.
    """
    raise NotImplementedError
