"""The timetable of a workshop that finds the purpose together in 60 or 90 minutes: tagged PDF, normal or large print."""

from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import pgettext

from hearth.paper.speech import in_words_of
from hearth.paper.typesetting import typeset
from hearth.purpose.paper.face import Face
from hearth.purpose.paper.steps import Length, ends, steps

TEMPLATE = Path(__file__).with_name("timetable.typ")


def timetable(
    *,
    language: str,
    face: Face,
    minutes: Length,
    made: datetime,
    starts: time | None = None,
    print_size: Literal["normal", "large"] = "normal",
) -> bytes:
    """Return the timetable as a tagged PDF (PDF/UA-1) on A4: 14 pt in a table, or large print of 18 pt in blocks.

    The minutes of the steps make 60 or 90 exactly, a break included; with `starts` each step has its clock time. Said in
    English where paper does not speak the language. Refuses as `typeset` does.
    """
    with in_words_of(language) as spoken:
        data = _data(minutes, starts, face)
    return typeset(
        TEMPLATE,
        data | {"large": print_size == "large"},
        language=spoken,
        title=data["title"],
        author=face.name,
        made=made,
        pictures=face.pictures,
    )


def _data(minutes: Length, starts: time | None, face: Face) -> dict[str, Any]:
    return {
        "name": face.name,
        "accent": face.readable_accent,
        "mark_alt": face.mark_alt,
        "title": pgettext("paper", "Finding our purpose together"),
        "length": _length(minutes, starts),
        "steps": [
            asdict(step) | {"takes": pgettext("paper", "%(number)s min") % {"number": step.minutes}}
            for step in steps(minutes, starts)
        ],
        "heads": {
            "when": pgettext("paper", "When"),
            "step": pgettext("paper", "Step"),
            "say": pgettext("paper", "What you say and do"),
        },
        "need": pgettext("paper", "You need"),
        "materials": pgettext(
            "paper", "Cards and thick pens, a wall or a large table, water, this page in large print."
        ),
        "note": pgettext("paper", "No time runs out: take longer when you need it."),
    }


def _length(minutes: Length, starts: time | None) -> str:
    if starts is None:
        return pgettext("paper", "A meeting of %(minutes)s minutes") % {"minutes": minutes}
    said = pgettext("paper", "A meeting of %(minutes)s minutes, from %(start)s to %(end)s")
    return said % {"minutes": minutes, "start": f"{starts:%H:%M}", "end": ends(minutes, starts)}
