"""The word lists of a language (`lexicons/<language>.toml`) and how their phrases are found in a text.

A phrase is one or more words. `word` means the word in any form with the same stem, `=word` exactly this form, `word*`
what begins so, `*word` what ends so, `one|other` either, `...` up to three words between. Accents and case do not count.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hearth.core.text import fold
from hearth.purpose.coach.reading import Reading, Word
from hearth.search.words import stem_all

FOLDER = Path(__file__).resolve().parent / "lexicons"
_GAP = -1
_MOST_BETWEEN = 3
_SHORTEST_END = 3
_SPLIT = re.compile(r"[,\n]")
_INSIDE = re.compile(r"[-'’]")  # the text is parted there too

type Phrase = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a list, found from word `first` to word `last`."""

    first: int
    last: int

    @property
    def numbers(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last + 1)


class Lexicon:
    """The lists of one language, ready to be found. Built once per process, never changed."""

    def __init__(self, language: str, tables: Mapping[str, object]) -> None:
        self.language = language
        self._elements: dict[str, int] = {}
        self._exact: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        self._begins: dict[str, set[int]] = {}
        self._ends: dict[str, set[int]] = {}
        self._phrases: dict[int, list[tuple[str, Phrase]]] = {}
        self._known: dict[tuple[str, str], frozenset[int]] = {}
        self.lists: set[str] = set()
        self._small: set[str] = set()
        for name, text in _flat(tables):
            self._add(name, text)

    def find(self, reading: Reading) -> dict[str, list[Hit]]:
        """Return the hits of every list, in the order of reading. Each word is looked at a bounded number of times."""
        elements = [self.elements_of(word) for word in reading.words]
        hits: dict[str, list[Hit]] = {name: [] for name in self.lists}
        for number, here in enumerate(elements):
            for element in here:
                for name, phrase in self._phrases.get(element, ()):
                    last = _last(phrase, elements, number)
                    if last is not None:
                        hits[name].append(Hit(number, last))
        return hits

    def elements_of(self, word: Word) -> frozenset[int]:
        """Return the elements of phrases that this word is."""
        key = (word.folded, word.stem)
        if key not in self._known:
            if len(self._known) > 20_000:  # what strangers type must not fill the memory
                self._known.clear()
            self._known[key] = frozenset(self._looked_up(*key))
        return self._known[key]

    def knows(self, word: Word) -> bool:
        """Say whether the word stands in any list, in any form."""
        return bool(self.elements_of(word))

    def is_small(self, word: Word) -> bool:
        """Say whether it is a small word of the language."""
        return word.folded in self._small

    def _looked_up(self, folded: str, stem: str) -> Iterator[int]:
        yield from self._exact.get(folded, ())
        if folded in self._small:
            return  # "sich" is no form of "sicher"
        yield from self._stems.get(stem, ())
        for length in range(1, len(folded) + 1):
            yield from self._begins.get(folded[:length], ())
        for start in range(len(folded) - _SHORTEST_END + 1):
            yield from self._ends.get(folded[start:], ())

    def _add(self, name: str, text: str) -> None:
        self.lists.add(name)
        for phrase in _phrases_of(text):
            if name == "general.small":
                self._small.add(fold(phrase))
            elements = tuple(_GAP if part == "..." else self._element(part) for part in phrase.split())
            self._phrases.setdefault(elements[0], []).append((name, elements))

    def _element(self, part: str) -> int:
        if part not in self._elements:
            number = self._elements[part] = len(self._elements)
            for form in part.split("|"):
                self._add_form(form, number)
        return self._elements[part]

    def _add_form(self, form: str, number: int) -> None:
        plain = fold(form.strip("=*"))
        if form.startswith("*"):
            self._ends.setdefault(plain, set()).add(number)
        elif form.endswith("*"):
            self._begins.setdefault(plain, set()).add(number)
        else:
            self._exact.setdefault(plain, set()).add(number)
            if not form.startswith("="):
                [stem] = stem_all([form.lower()], self.language)
                self._stems.setdefault(stem, set()).add(number)


def _last(phrase: Phrase, elements: list[frozenset[int]], at: int) -> int | None:
    may_skip = 0
    for part in phrase[1:]:
        if part == _GAP:
            may_skip = _MOST_BETWEEN
            continue
        window = range(at + 1, min(at + 2 + may_skip, len(elements)))
        found = next((number for number in window if part in elements[number]), None)
        if found is None:
            return None
        at, may_skip = found, 0
    return at


def _phrases_of(text: str) -> Iterable[str]:
    return filter(None, (" ".join(phrase.split()) for phrase in _SPLIT.split(_INSIDE.sub(" ", text))))


def _flat(tables: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lists of a language, read once per process."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return Lexicon(language, tomllib.load(file))
