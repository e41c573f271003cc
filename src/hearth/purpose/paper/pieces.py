"""A sentence of purpose taken apart for setting it large: what people wrote, and the words between."""

from dataclasses import dataclass

from hearth.purpose.parts import Parts


@dataclass(frozen=True, slots=True)
class Line:
    """One part as it is printed: quiet words before it, the part, the mark that follows it at once."""

    before: str
    text: str
    after: str = ""


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
        between, rest = [], self.sentence
        for part in (self.parts.who, *self.parts.whats, self.parts.why):
            before, found, rest = rest.partition(part)
            if not part or not found:
                return ()
            between.append(before)
        return _joined(between, [self.parts.who, *self.parts.whats, self.parts.why], rest)


def _joined(between: list[str], parts: list[str], end: str) -> tuple[Line, ...]:
    """Marks at the start of the words between belong to the part before: ", so that " leaves a comma behind."""
    split = [_split(words) for words in between]
    after = [mark for mark, _words in split[1:]] + [end.rstrip()]
    befores = [words for _mark, words in split]
    return tuple(Line(*line) for line in zip(befores, parts, after, strict=True))


def _split(words: str) -> tuple[str, str]:
    rest = words.lstrip(",;:.،؛—–-")
    return words[: len(words) - len(rest)], rest.lstrip()
