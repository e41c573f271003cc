"""The sentence as it grows: in pieces, so that a page can show what people wrote, the words between, and the gaps."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from hearth.purpose.parts import Parts, frame


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence. kind: frame (the words between), part (what somebody wrote), gap (its name stands there)."""

    kind: str
    words: str
    column: str = ""


def pieces(parts: Parts, language: str) -> list[Piece]:
    """Return the sentence as far as it has grown, in the order of reading."""
    around = frame(language)
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
        found.append(Piece("part", words, column) if words else Piece("gap", gap, column))
    return [*found, Piece("frame", around.end)]
