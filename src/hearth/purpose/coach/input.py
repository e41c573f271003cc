"""What cannot be judged: no words at all, or words of another language than the one chosen."""

import re
import unicodedata

from hearth.core.text import fold
from hearth.purpose.coach.lexicon import lexicon
from hearth.purpose.coach.reading import Reading, beginning, read, restemmed
from hearth.purpose.coach.remarks import Remark, remark

# Keys side by side that no word of the six languages contains.
_RUNS = (
    "asdf", "sdfg", "dfgh", "fghj", "ghjk", "hjkl", "jkl", "qsdf", "fdsa",
    "qwer", "azert", "zxcv", "yxcv", "xcvb", "uiop",
)  # fmt: skip
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}+")
# What is written as several letters and spoken as one, in German and Polish.
_TOGETHER = re.compile(r"sch|tsch|ch|sz|cz|rz|dz|ng|ck|th|ph|ht")
_REPEATED = re.compile(r"(\w{1,2}?)\1{3,}+|(\w{3})\2{2,}+")
_VOWELS = frozenset("aeiouy")
_FEWEST_TO_TELL = 3
_WORDS_TO_TELL = 30
# Of the words of a phrase of six or more, so large a part is known in any sentence of the language.
_LEAST_KNOWN = 0.085


def not_words(text: str) -> list[Remark]:
    """Return `not_words` for nothing, one letter, signs without letters, and hands that ran over the keys."""
    reading = read(text, "")
    letters = sum(len(word.folded) for word in reading.words if not word.folded.isdigit())
    if letters < 2 or not any(map(str.isalpha, reading.plain)):
        return [Remark("not_words")]
    mashed = [word for word in reading.words if _is_mashed(word.folded)]
    single = [word for word in reading.words if len(word.folded) == 1]
    if 2 * sum(len(word.folded) for word in [*mashed, *single]) > letters:
        return [remark("not_words", text, [(word.start, word.end) for word in mashed])]
    return []


def _is_mashed(word: str) -> bool:
    if not word.isascii() or len(word) < 4 or word.isdigit():
        return bool(_REPEATED.search(word))
    spoken = _TOGETHER.sub("c", word)
    return (
        not _VOWELS & set(word)
        or bool(_CONSONANTS.search(spoken))
        or bool(_REPEATED.search(word))
        or any(run in word for run in _RUNS)
    )


def other_language(reading: Reading, languages: tuple[str, ...]) -> list[Remark]:
    """Return `other_language` where the text is in another script, or its words are at home in another language."""
    reading = beginning(reading, _WORDS_TO_TELL)
    words = reading.words
    foreign = [word for word in words if not _is_latin(word.folded)]
    if 2 * len(foreign) > len(words):
        return [remark("other_language", reading.text, [(foreign[0].start, foreign[-1].end)])]
    if len(words) < _FEWEST_TO_TELL:
        return []
    counts = {language: _at_home(reading, language) for language in languages}
    ours = counts[reading.language]
    best = max(counts.values())
    if best > ours + 1 and best >= 2 * ours and best >= _FEWEST_TO_TELL - 1:
        return [_whole(reading)]
    # No small word of the chosen language in a long phrase: a language that no list knows.
    if ours <= _LEAST_KNOWN * len(words) and len(words) >= 2 * _FEWEST_TO_TELL:
        return [_whole(reading)]
    return []


def _whole(reading: Reading) -> Remark:
    return remark("other_language", reading.text, [reading.span(0, len(reading.words) - 1)])


def _at_home(reading: Reading, language: str) -> float:
    """How many of the words the lists of a language know; one that stands only in a phrase or a stem counts half."""
    lists = lexicon(language)
    own = restemmed(reading, language) if language != reading.language else reading
    known = [word for word in own.words if lists.knows(word)]
    return sum(1 if lists.is_small(word) else 0.5 for word in known)


def _is_latin(word: str) -> bool:
    return all(
        not letter.isalpha() or unicodedata.name(letter, "").startswith("LATIN") for letter in fold(word)
    )
