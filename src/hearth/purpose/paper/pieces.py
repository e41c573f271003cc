"""A sentence of purpose taken apart for setting it large: what people wrote, and the words between."""

import re
from dataclasses import dataclass

from hearth.purpose.parts import Parts


@dataclass(frozen=True, slots=True)
class Line:
    """One part as it is printed: quiet words before it, the part, the mark that follows it at once.

    is_joined: no space stands between the words before and the part (the "and" of Arabic and Hebrew).
    """

    before: str
    text: str
    after: str = ""
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The adopted sentence and its parts, in one language.

    The sentence may have been smoothed by hand. Where it still holds every part as it was written, in order, `lines()`
    gives who, three whats, why, each with the words that stand before it; read one after the other they are the sentence.
    Otherwise there are no lines, and the poster shows the sentence as a whole.
    """

    sentence: str
    parts: Parts

    def lines(self) -> tuple[Line, ...]:
        """Return who, the three whats and why as they are printed, or nothing where the sentence no longer holds them."""
        parts = [self.parts.who, *self.parts.whats, self.parts.why]
        if not all(parts):
            return ()
        between, rest = [], self.sentence
        for part in parts:
            at = _place(part, rest)
            if at < 0:
                return ()
            between.append(rest[:at])
            rest = rest[at + len(part) :]
        return _lines(between, parts, rest)


def _place(part: str, sentence: str) -> int:
    """Where the part begins: as whole words if it can be, since "us" also stands inside "because"."""
    found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", sentence)
    return found.start() if found else sentence.find(part)


def _lines(between: list[str], parts: list[str], end: str) -> tuple[Line, ...]:
    """Marks at the start of the words between belong to the part before: ", so that " leaves a comma behind."""
    split = [_split(words) for words in between]
    after = [mark for mark, _words in split[1:]] + [end.rstrip()]
    return tuple(
        Line(words.strip(), part, mark, is_joined=bool(words) and not words[-1].isspace())
        for (_mark, words), part, mark in zip(split, parts, after, strict=True)
    )


def _split(words: str) -> tuple[str, str]:
    rest = words.lstrip(",;:.،؛—–-")
    return words[: len(words) - len(rest)], rest.lstrip()
