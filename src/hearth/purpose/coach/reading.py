"""A text as the rules read it: its words with their places, folded, and their stems."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from hearth.purpose.coach.remarks import Span
from hearth.search.words import fold_all, stem_all

# A part of a statement is one phrase. What stands behind this many words is not read, so that no text takes long.
MOST_WORDS = 100
LONGEST_WORD = 40

# "Patient*innen", "patient·e·s", "socios/as", "lettori(trici)", "amig@s": one word in two forms.
_WORD = re.compile(
    r"[^\W_]++(?:[*:_·•‧][^\W\d_]++)*+(?:@[^\W\d_]{0,2}+)?+(?:/-?(?:innen|in|as|os|es|nes|ne|a|o|e|r|n)\b)?+"
)
_FORMS = re.compile(r"[*:_·•‧/@-]++")
_MARKUP = re.compile(r"<[^<>]{0,300}+>|https?://\S{0,300}+|&[a-z]{2,8};")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, in lower case and one form, folded, and its stem."""

    start: int
    end: int
    written: str
    folded: str
    stem: str


@dataclass(frozen=True)
class Reading:
    """A text and its words. `plain` is the text with blanks instead of markup and addresses: places stay the same."""

    text: str
    plain: str
    language: str
    words: tuple[Word, ...]

    def span(self, first: int, last: int) -> Span:
        """Return the place from one word to another, both included, by their numbers."""
        return self.words[first].start, self.words[last].end

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The numbers of the words before which a comma, a colon or the end of a sentence stands."""
        return frozenset(
            number
            for number, (left, right) in enumerate(zip(self.words, self.words[1:], strict=False), 1)
            if any(mark in ",;:.!?()–—…\n" for mark in self.plain[left.end : right.start])
        )


def read(text: str, language: str) -> Reading:
    """Return the words of the text, the first `MOST_WORDS` of them."""
    plain = _MARKUP.sub(lambda found: " " * len(found[0]), text)
    found = []
    for match in _WORD.finditer(plain):
        found.append(match)
        if len(found) == MOST_WORDS:
            break
    written = [_one_form(match[0].lower(), language)[:LONGEST_WORD] for match in found]
    stems = stem_all(written, language)
    words = tuple(
        Word(match.start(), match.end(), word, plain_word, stem)
        for match, word, plain_word, stem in zip(found, written, fold_all(written), stems, strict=True)
    )
    return Reading(text, plain, language, words)


def beginning(reading: Reading, words: int) -> Reading:
    """Return the reading with its first words only."""
    return replace(reading, words=reading.words[:words])


def restemmed(reading: Reading, language: str) -> Reading:
    """Return the reading with the stems of another language."""
    stems = stem_all([word.written for word in reading.words], language)
    words = tuple(replace(word, stem=stem) for word, stem in zip(reading.words, stems, strict=True))
    return replace(reading, language=language, words=words)


def _one_form(word: str, language: str) -> str:
    first, *others = [part for part in _FORMS.split(word) if part]
    if language == "de":
        return first + "".join(others)
    if not others:
        return first + "os" * ("@" in word)
    return first + ("os" if "@" in word else "s" if others[-1].endswith("s") and first[-1] != "s" else "")
