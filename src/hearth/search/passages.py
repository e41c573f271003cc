"""Where the words of a question stand in a text: to put the best first, and to show the passage with its words marked."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from hearth.search.wanted import Term, Wanted

PASSAGE_LENGTH = 240
_READ_AHEAD = 20_000
_SHORTEST_STEM = 3
_FIRM_STEM = 5
# With more letters than this after it, it is another word ("lakeside").
_LONGEST_ENDING = 3
# How many characters a passage shows before its first marked word.
_LEAD = 60
# Letters with marks that people type for the plain one; the pattern meets all of them, so texts need not be folded.
_LATIN_1 = {
    "a": "aàáâãäå",
    "c": "cç",
    "d": "dð",
    "e": "eèéêë",
    "i": "iìíîï",
    "n": "nñ",
    "o": "oòóôõöø",
    "u": "uùúûü",
    "y": "yýÿ",
}
_ALL = {
    "a": "aàáâãäåāăą", "c": "cçćĉċč", "d": "dďđð", "e": "eèéêëēĕėęě", "g": "gĝğġģ", "h": "hĥħ", "i": "iìíîïĩīĭįı",
    "j": "jĵ", "k": "kķ", "l": "lĺļľłŀ", "n": "nñńņňŉ", "o": "oòóôõöøōŏő", "r": "rŕŗř", "s": "sśŝşšșſ", "t": "tţťŧț",
    "u": "uùúûüũūŭůűų", "w": "wŵ", "y": "yýÿŷ", "z": "zźżž",
    "α": "αά", "ε": "εέ", "η": "ηή", "ι": "ιίϊΐ", "ο": "οό", "υ": "υύϋΰ", "ω": "ωώ", "σ": "σς", "е": "её", "и": "ий",
}  # fmt: skip
# Where readers write these languages only, patterns with the letters of Latin-1 do, which are made eight times as fast.
_WRITTEN_IN_LATIN_1 = frozenset(
    ("ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "gl", "id", "is", "it", "lb", "nb", "nl", "nn", "no", "pt", "sv")
)  # fmt: skip
_PAIRS = {"ss": "ß", "ae": "æ", "oe": "œ", "th": "þ"}
# How soon more of the same word counts for little, and how much a long text counts against it (the constants of BM25).
_SATURATION = 1.2
_LENGTH_SHARE = 0.6
_USUAL_LENGTH = 600
_TITLE_BONUS = 1.0
_TOGETHER_BONUS = 0.8
_TOGETHER_WITHIN = 30


class Finder:
    """Finds the words of one question in texts."""

    def __init__(self, wanted: Wanted, languages: Sequence[str]) -> None:
        terms = wanted.terms()
        self.number = len(terms)
        western = _WRITTEN_IN_LATIN_1.issuperset(language.partition("-")[0] for language in languages)
        asked = "".join(form for term in terms for form in term.forms)
        letters = _LATIN_1 if western and max(asked, default="") < "\u0100" else _ALL
        # One group a word, with the rest of words that only begin like it: the number of the group tells which it was.
        groups = "|".join(rf"((?:{_pattern(term, letters)})[^\W_]*)" for term in terms)
        self.pattern = re.compile(rf"(?<![^\W_])(?:{groups})", re.IGNORECASE)
        self.near = [len(term.forms[0]) + _LONGEST_ENDING for term in terms]

    def score(self, title: str, body: str) -> float:
        """Return how well a text answers: words that are there whole and often, early in a short text, near each other."""
        counts = [0.0] * self.number
        latest = [-1000] * self.number
        together = False
        for match in self.pattern.finditer(body[:_READ_AHEAD]):
            which = (match.lastindex or 1) - 1
            start, end = match.span()
            counts[which] += 1.0 if end - start <= self.near[which] else 0.5
            latest[which] = start
            together = together or (self.number > 1 and start - min(latest) <= _TOGETHER_WITHIN)
        length = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(body) / _USUAL_LENGTH)
        score = sum(count / (count + length) for count in counts)
        in_title = {match.lastindex for match in self.pattern.finditer(title)} if title else ()
        return score + _TITLE_BONUS * len(in_title) + (_TOGETHER_BONUS if together else 0)

    def passage(self, body: str) -> SafeString:
        """Return the part of the text where most of the words stand, as HTML with each of them in <mark>."""
        line = " ".join(body[:_READ_AHEAD].split())
        start, end = _best_part(line, [match.span() for match in self.pattern.finditer(line)])
        before = "… " if start else ""
        after = " …" if end < len(line) else ""
        return mark_safe(before + self._marked(line[start:end]) + after)

    def title(self, title: str) -> SafeString:
        """Return a title as HTML with the words of the question in <mark>, in one element so that it wraps as one."""
        return mark_safe(f"<span>{self._marked(title)}</span>")

    def _marked(self, text: str) -> str:
        # Texts of the index hold no control characters, so these can stand for the tags until all else is escaped.
        marked = escape(self.pattern.sub("\x01\\g<0>\x02", text))
        return marked.replace("\x01", "<mark>").replace("\x02", "</mark>")


def _pattern(term: Term, variants: Mapping[str, str]) -> str:
    if not term.begins:
        return "|".join(f"{_letters(form, variants)}(?![^\\W_])" for form in term.forms)
    # A stem may have changed its last letter ("communiti"); the words that it stands for begin without it.
    stems = (form[:-1] if len(form) > _FIRM_STEM else form for form in term.forms[1:])
    beginnings: list[str] = []
    for form in sorted({term.forms[0], *stems}, key=len):
        # What begins like a shorter one is met by that already; fewer alternatives are compiled sooner.
        if len(form) >= _SHORTEST_STEM and not form.startswith(tuple(beginnings)):
            beginnings.append(form)
    return "|".join(_letters(form, variants) for form in beginnings)


def _letters(form: str, variants: Mapping[str, str]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(form):
        pair, letter = form[at : at + 2], form[at]
        plain = "".join(f"[{variants[each]}]" if each in variants else re.escape(each) for each in pair)
        if pair in _PAIRS:
            parts.append(f"(?:{plain}|{_PAIRS[pair]})")
            at += 2
        else:
            parts.append(f"[{variants[letter]}]" if letter in variants else re.escape(letter))
            at += 1
    return "".join(parts)


def _best_part(line: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if len(line) <= PASSAGE_LENGTH:
        return 0, len(line)
    best, most, first = 0, 0, 0
    for last, (_begin, end) in enumerate(spans):
        while first < last and end - spans[first][0] > PASSAGE_LENGTH - _LEAD:
            first += 1
        if last - first + 1 > most:
            best, most = spans[first][0], last - first + 1
    start = 0 if best <= _LEAD else line.find(" ", best - _LEAD, best) + 1 or best
    if len(line) - start <= PASSAGE_LENGTH:
        return start, len(line)
    end = line.rfind(" ", start, start + PASSAGE_LENGTH)
    return start, end if end > best else start + PASSAGE_LENGTH
