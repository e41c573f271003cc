"""Which contributions of a workshop say nearly the same: a suggestion that people then change as they like.

Two are alike as far as they share words (their stems, rare ones counting more) or are spelled alike (three letters at a
time, for compounds and slips of the pen). From single ones, the two closest groups are joined again and again while they are
alike on average by `ALIKE` (agglomerative clustering, average linkage). The same texts in the same order always give the
same groups. No model: a page can say which words a group shares.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush
from math import log
from pathlib import Path

from hearth.core.text import fold
from hearth.search.words import fold_all, split, stem_all

ALIKE = 0.33
# Spelling alone says less than words do.
SPELLING_COUNTS = 0.8
MOST_SHARED = 3
MOST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group: the places of its texts in the list that was given, and the words that most of them share."""

    places: tuple[int, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    words: dict[str, str]  # stem -> the word as it was first written
    letters: frozenset[str]


def suggest(texts: Sequence[str], language: str) -> list[Suggestion]:
    """Return the texts in groups, the largest first; every place stands in exactly one."""
    read = [_read(text, language) for text in texts]
    alike = _likeness(read)
    groups = _joined(len(texts), alike)
    groups.sort(key=lambda places: (-len(places), places))
    return [Suggestion(places, _shared([read[place] for place in places])) for places in groups]


def shared_words(texts: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the words that most of these texts share, at most 3; none for one text alone."""
    return _shared([_read(text, language) for text in texts])


def central(texts: Sequence[str], language: str) -> int:
    """Return the place of the text that is most like all the others; of very many, one of the first 60."""
    sums = [0.0] * len(texts)
    for (left, right), value in _likeness([_read(text, language) for text in texts[:60]]).items():
        sums[left] += value
        sums[right] += value
    return max(range(len(texts)), key=lambda place: (sums[place], -place))


def closest(text: str, groups: Sequence[Sequence[str]], language: str) -> int | None:
    """Return the place of the group to which one more text belongs, or None where it stands on its own."""
    flat = [(place, words) for place, group in enumerate(groups) for words in group]
    read = [_read(text, language), *(_read(words, language) for _place, words in flat)]
    weights = _weights(read)
    found: dict[int, list[float]] = {}
    for (place, _words), other in zip(flat, read[1:], strict=True):
        found.setdefault(place, []).append(_pair(read[0], other, weights))
    likeness = {place: sum(values) / len(values) for place, values in found.items()}
    best = max(likeness, key=lambda place: (likeness[place], -place), default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _read(text: str, language: str) -> _Read:
    words = split(text)[:MOST_WORDS]
    stop = _stop_words().get(language.partition("-")[0].lower(), frozenset())
    kept = [
        (stem, word)
        for word, folded, stem in zip(words, fold_all(words), stem_all(words, language), strict=True)
        if folded not in stop and (len(folded) > 1 or not folded.isascii())
    ]
    by_stem: dict[str, str] = {}
    for stem, word in kept:
        by_stem.setdefault(stem, word)
    spelled = "  ".join(fold(word) for word in by_stem.values())
    letters = frozenset(
        spelled[at : at + 3] for at in range(len(spelled) - 2) if "  " not in spelled[at : at + 3]
    )
    return _Read(by_stem, letters)


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    with Path(__file__).with_name("stop_words.toml").open("rb") as file:
        return {language: frozenset(words.split()) for language, words in tomllib.load(file).items()}


def _weights(read: Sequence[_Read]) -> dict[str, float]:
    counts = Counter(stem for one in read for stem in one.words)
    return {stem: log(1 + len(read) / count) for stem, count in counts.items()}


def _likeness(read: Sequence[_Read]) -> dict[tuple[int, int], float]:
    weights = _weights(read)
    found = {}
    for right, two in enumerate(read):
        for left in range(right):
            value = _pair(read[left], two, weights)
            if value > 0:
                found[left, right] = value
    return found


def _pair(one: _Read, two: _Read, weights: dict[str, float]) -> float:
    """Return how alike two texts are, 0 to 1 (Dice's coefficient, weighted, of words or of spelling)."""
    if not one.words or not two.words:
        return 0.0
    by_word = 0.0
    shared = one.words.keys() & two.words.keys()
    if shared:
        total = sum(weights[stem] for stem in one.words) + sum(weights[stem] for stem in two.words)
        by_word = 2 * sum(weights[stem] for stem in shared) / total
    letters = len(one.letters) + len(two.letters)
    by_letter = 2 * len(one.letters & two.letters) / letters if letters else 0.0
    return max(by_word, SPELLING_COUNTS * by_letter)


def _joined(count: int, alike: dict[tuple[int, int], float]) -> list[tuple[int, ...]]:
    groups: dict[int, tuple[int, ...]] = {place: (place,) for place in range(count)}
    between = dict(alike)
    waiting = [(-value, pair) for pair, value in between.items() if value >= ALIKE]
    heapify(waiting)
    following = count
    while waiting:
        _value, (left, right) = heappop(waiting)
        if left not in groups or right not in groups:
            continue
        one, two = groups.pop(left), groups.pop(right)
        for other in groups:
            mean = (
                len(one) * between.get(_ordered(left, other), 0.0)
                + len(two) * between.get(_ordered(right, other), 0.0)
            ) / (len(one) + len(two))
            if mean > 0:
                between[other, following] = mean
                if mean >= ALIKE:
                    heappush(waiting, (-mean, (other, following)))
        groups[following] = tuple(sorted((*one, *two)))
        following += 1
    return list(groups.values())


def _ordered(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _shared(group: Sequence[_Read]) -> tuple[str, ...]:
    if len(group) < 2:
        return ()
    counts = Counter(stem for one in group for stem in one.words)
    enough = max(2, (len(group) + 1) // 2)
    common = sorted((-count, stem) for stem, count in counts.items() if count >= enough)
    written = [min(one.words[stem] for one in group if stem in one.words) for _count, stem in common]
    return tuple(written[:MOST_SHARED])
