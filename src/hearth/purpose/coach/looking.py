"""A part under the eyes of the rules: its words, and what every list of the language finds in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hearth.purpose.coach.lexicon import Hit, Lexicon, lexicon
from hearth.purpose.coach.reading import Reading, read
from hearth.purpose.coach.remarks import Remark, Span, remark


@dataclass(frozen=True)
class Look:
    """A reading together with the lexicon of its language."""

    reading: Reading
    lexicon: Lexicon

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """The phrases found, by the name of their list."""
        return self.lexicon.find(self.reading)

    def of(self, *names: str) -> list[Hit]:
        """Return the phrases of these lists, in the order of reading."""
        found = [hit for name in names for hit in self.hits.get(name, ())]
        return sorted(found, key=lambda hit: (hit.first, hit.last))

    def numbers(self, *names: str) -> set[int]:
        """Return the numbers of all words that belong to a phrase of these lists."""
        return {number for hit in self.of(*names) for number in hit.numbers}

    def others(self, *names: str) -> list[int]:
        """Return the numbers of the words that belong to no phrase of these lists, nor to the small words."""
        known = self.numbers(*names, "general.small")
        return [number for number in range(len(self.reading.words)) if number not in known]

    def remark(self, rule: str, hits: Iterable[Hit]) -> Remark:
        """Return a remark about these phrases; of those that overlap, the longer is named."""
        spans = [self.reading.span(hit.first, hit.last) for hit in outermost(hits)]
        return remark(rule, self.reading.text, spans)

    def remark_on(self, rule: str, numbers: Iterable[int]) -> Remark:
        """Return a remark about these words; neighbours are named as one."""
        return self.remark(rule, runs(numbers, self.reading.breaks))


def look(text: str, language: str) -> Look:
    """Return the text under the eyes of the rules of a language that has word lists."""
    return Look(read(text, language), lexicon(language))


def outermost(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits without those that overlap a longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first)):
        if all(hit.last < other.first or other.last < hit.first for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def runs(numbers: Iterable[int], breaks: Iterable[int] = ()) -> list[Hit]:
    """Return numbers that follow each other as one hit, broken where a comma stands."""
    found: list[Hit] = []
    for number in sorted(set(numbers)):
        if found and found[-1].last == number - 1 and number not in breaks:
            found[-1] = Hit(found[-1].first, number)
        else:
            found.append(Hit(number, number))
    return found


def moved(spans: Sequence[Span], by: int) -> list[Span]:
    """Return the places in a text that now begins so many characters later."""
    return [(start + by, end + by) for start, end in spans]
