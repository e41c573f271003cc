"""The sentence as it grows: in pieces, so that a page can show what people wrote, the words between, and the gaps."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from hearth.core.text import fold
from hearth.purpose.parts import MOST_WHY, Parts, frame


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence. kind: frame (the words between), part (what somebody wrote), gap (its name stands there)."""

    kind: str
    words: str
    column: str = ""


def bare(parts: Parts, language: str) -> Parts:
    """Return the parts without the words of the frame, where somebody began an answer with them ("so that nobody …")."""
    around = frame(language)
    first, second, third = (_after(around.to, what) for what in parts.whats)
    return Parts(_after(around.lead, parts.who), (first, second, third), _after(around.so_that, parts.why))


def _after(between: str, words: str) -> str:
    begins = between.strip(" ,،.")
    if not begins or not fold(words).startswith(fold(begins) + " "):
        return words
    return words[len(begins) :].strip()


def pieces(parts: Parts, language: str) -> list[Piece]:
    """Return the sentence as far as it has grown, in the order of reading."""
    around, parts = frame(language), bare(parts, language)
    first, second, third = parts.whats
    who, what, why = pgettext("gap", "who"), pgettext("gap", "what"), pgettext("gap", "why")
    named = [
        (around.lead, "who", parts.who, who),
        (around.to, "what_1", first, what),
        (around.comma, "what_2", second, what),
        (around.last, "what_3", third, what),
        (around.so_that, "why", parts.why.rstrip(" ."), why),
    ]
    found = []
    for between, column, words, gap in named:
        found.append(Piece("frame", between))
        found.append(Piece("part", _shown(words), column) if words else Piece("gap", gap, column))
    return [*found, Piece("frame", around.end)]


def _shown(words: str) -> str:
    return words if len(words) <= MOST_WHY else words[:MOST_WHY] + "…"
