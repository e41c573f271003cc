"""The coach reads along while somebody writes a purpose statement and says what it sees. It never blocks.

Each remark carries the words that made the coach say so. Rules and word lists are read by people (`lexicons/*.toml`);
there is no model and no network. What each rule means, its sources and its figures: `docs/coach.md`.

In a language outside `LANGUAGES` the coach only says whether there are words at all; the page says that it does not
judge there. No call writes anything or needs the database.
"""

from collections.abc import Callable, Sequence

from hearth.purpose.coach import what, who, why
from hearth.purpose.coach.input import not_words, other_language
from hearth.purpose.coach.looking import Look, look
from hearth.purpose.coach.reasons import reason, suggestion
from hearth.purpose.coach.remarks import Remark, Value
from hearth.purpose.coach.values import title

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
    "title",
    "values_in",
]


def look_at_who(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in a WHO: `who_everyone`, or that it cannot be read."""
    return _look(text, language, who.remarks)


def look_at_what(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in one WHAT: `what_for_members`, `what_long`, `what_vague`, or that it cannot be read."""
    return _look(text, language, what.remarks)


def look_at_whats(texts: Sequence[str], language: str) -> list[Remark]:
    """Say which of the WHATs are nearly the same (`what_same`), a remark for each such pair.

    The spans are places in the texts joined by a newline, and the words are those that both share.
    """
    language = _plain(language)
    if language not in LANGUAGES:
        return []
    return what.same(texts, [look(text, language) for text in texts])


def look_at_why(text: str, language: str) -> list[Remark]:
    """Say what the coach sees in a WHY: `why_cold`, `why_organisation`, `why_no_value`, or that it cannot be read."""
    return _look(text, language, why.remarks)


def values_in(text: str, language: str) -> list[Value]:
    """Return the values that the text names, in the order of reading. Titles for people: `title(value.name)`."""
    language = _plain(language)
    return why.values(look(text, language)) if language in LANGUAGES else []


def _look(text: str, language: str, rule: Callable[[Look], list[Remark]]) -> list[Remark]:
    language = _plain(language)
    empty = not_words(text)
    if empty or language not in LANGUAGES:
        return empty
    seen = look(text, language)
    return other_language(seen.reading, LANGUAGES) or rule(seen)


def _plain(language: str) -> str:
    return language.partition("-")[0].lower()
