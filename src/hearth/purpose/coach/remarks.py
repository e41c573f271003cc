"""What the coach hands out: remarks and values, each with the words that made it say so."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the coach sees. `words` stand in the text as written, `spans` say where, in the same order."""

    rule: str
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a text names: its name in the published model (`values.NAMES`), and the words that show it."""

    name: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def remark(rule: str, text: str, spans: Sequence[Span] = ()) -> Remark:
    """Return a remark about these places of the text, in the order of reading, without one place twice."""
    places = tuple(sorted(set(spans)))
    return Remark(rule, tuple(text[start:end] for start, end in places), places)
