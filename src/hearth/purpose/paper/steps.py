"""The steps of a workshop meeting: how long each takes, and what the facilitator says and does.

The minutes are ours; they leave a break in the middle, because many tire quickly, and give most time to asking why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils.translation import pgettext

Length = Literal[60, 90]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in the language that is spoken now. `starts` is its clock time (24 hours), or empty."""

    key: str
    minutes: int
    name: str
    says: str
    does: str
    starts: str = ""


MINUTES: dict[Length, dict[str, int]] = {
    60: {
        "arrive": 6,
        "write": 7,
        "read": 5,
        "gather": 6,
        "feel": 5,
        "break": 5,
        "ladder": 8,
        "drafts": 8,
        "answer": 6,
        "adopt": 4,
    },
    90: {
        "arrive": 10,
        "write": 10,
        "read": 7,
        "gather": 8,
        "feel": 7,
        "break": 10,
        "ladder": 12,
        "drafts": 12,
        "answer": 8,
        "adopt": 6,
    },
}


def steps(minutes: Length, starts: time | None = None) -> list[Step]:
    """Return the steps in order; their minutes make 60 or 90 exactly."""
    spent = 0
    found = []
    for key, taken in MINUTES[minutes].items():
        name, says, does = _WORDS[key]()
        found.append(Step(key, taken, name, says, does, _clock(starts, spent)))
        spent += taken
    return found


def ends(minutes: Length, starts: time | None) -> str:
    """Return the clock time at which the meeting ends, or nothing."""
    return _clock(starts, minutes)


def _clock(starts: time | None, spent: int) -> str:
    if starts is None:
        return ""
    return (datetime.combine(date.min, starts) + timedelta(minutes=spent)).strftime("%H:%M")


def _arrive() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Arrive"),
        pgettext("paper", "“Welcome. Tell us your name and one line about you.”"),
        pgettext("paper", "Greet each person by name. Say what will happen today."),
    )


def _write() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Write"),
        pgettext("paper", "“Who are we, what do we do together, and why?”"),
        pgettext("paper", "Each person writes alone. Spelling does not matter."),
    )


def _read() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Read"),
        pgettext("paper", "“This is what we wrote, without names.”"),
        pgettext("paper", "Read every line aloud, slowly. Nobody judges yet."),
    )


def _gather() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Put together"),
        pgettext("paper", "“Which of these belong together?”"),
        pgettext("paper", "Lay similar lines side by side. Give each heap a name."),
    )


def _feel() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Feel"),
        pgettext("paper", "“How does it feel: warm, nearly, cold, or not me?”"),
        pgettext("paper", "Each person answers, and says one word why."),
    )


def _break() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Break"),
        pgettext("paper", "“Now we rest. Stand up, stretch, drink something.”"),
        pgettext("paper", "Go on when everybody is back."),
    )


def _ladder() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Ask why"),
        pgettext("paper", "“Why does that matter?”"),
        pgettext("paper", "Take the warmest lines. Ask again until you reach a value or a dream."),
    )


def _drafts() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Two drafts"),
        pgettext("paper", "“We bring together … to …, so that …”"),
        pgettext("paper", "Two groups each write the whole sentence. Read both aloud."),
    )


def _answer() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Both sides answer"),
        pgettext("paper", "“Does this sentence speak to you?”"),
        pgettext("paper", "Members answer first, then the team. Only listen."),
    )


def _adopt() -> tuple[str, str, str]:
    return (
        pgettext("paper", "Decide"),
        pgettext("paper", "“Is this our sentence, or do we go another round?”"),
        pgettext("paper", "If it feels warm to most, adopt it. If not, set a new day."),
    )


_WORDS: dict[str, Callable[[], tuple[str, str, str]]] = {
    "arrive": _arrive,
    "write": _write,
    "read": _read,
    "gather": _gather,
    "feel": _feel,
    "break": _break,
    "ladder": _ladder,
    "drafts": _drafts,
    "answer": _answer,
    "adopt": _adopt,
}
