"""What a person asks for, understood: words that must be there, phrases, words that must not, for either database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hearth.core.text import strip_controls
from hearth.search.words import fold_all, quote, split, stem_all, title_form

LONGEST_QUESTION = 400
MOST_WORDS = 12
_SHORTEST_BEGINNING = 3
_PART = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One word: any of its forms will do; with `begins`, longer words that begin with the first form will do too."""

    forms: tuple[str, ...]
    begins: bool

    def sqlite(self) -> str:
        """Return the word as FTS5 reads it."""
        first, *others = (f'"{form}"' for form in self.forms)
        return "(" + " OR ".join([first + ("*" if self.begins else ""), *others]) + ")"

    def postgres(self) -> str:
        """Return the word as a tsquery."""
        first, *others = (quote(form) for form in self.forms)
        return "(" + " | ".join([first + (":*" if self.begins else ""), *others]) + ")"

    def in_title(self) -> "Term":
        """Return the same word, wanted in the title."""
        return Term(tuple(map(title_form, self.forms)), self.begins)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other."""

    words: tuple[str, ...]

    def sqlite(self) -> str:
        """Return the phrase as FTS5 reads it, which folds it like the text, but for the letter ß."""
        phrase = " ".join(self.words)
        spellings = dict.fromkeys([phrase, phrase.replace("ß", "ss"), phrase.replace("ss", "ß")])
        return "(" + " OR ".join(f'"{spelling}"' for spelling in spellings) + ")"

    def postgres(self) -> str:
        """Return the phrase as a tsquery."""
        return "(" + " <-> ".join(quote(word) for word in fold_all(self.words)) + ")"

    def terms(self) -> list[Term]:
        """Return its words, each to be met as it is."""
        return [Term((word,), begins=False) for word in fold_all(self.words)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question: everything in `all_of`, nothing of `none_of`. Without `all_of` it finds nothing."""

    all_of: tuple[Term | Phrase, ...]
    none_of: tuple[Term | Phrase, ...]

    def terms(self) -> list[Term]:
        """Return the words that must be there, those of phrases one by one."""
        return [
            term for part in self.all_of for term in (part.terms() if isinstance(part, Phrase) else [part])
        ]

    def _parts(self, in_title: bool) -> Sequence[Term | Phrase]:
        if not in_title:
            return self.all_of
        return [part for part in self.all_of if isinstance(part, Phrase)] + [
            term.in_title() for term in self.terms()
        ]

    def sqlite(self, marks: Sequence[str], *, in_title: bool = False) -> str:
        """Return the question as FTS5 reads it, among entries that carry one of the marks."""
        parts = [
            "(" + " OR ".join(f'"{mark}"' for mark in marks) + ")",
            *(part.sqlite() for part in self._parts(in_title)),
        ]
        unwanted = " OR ".join(part.sqlite() for part in self.none_of)
        return " AND ".join(parts) if not unwanted else f"({' AND '.join(parts)}) NOT ({unwanted})"

    def postgres(self, marks: Sequence[str], *, in_title: bool = False) -> str:
        """Return the question as a tsquery, among entries that carry one of the marks."""
        parts = [
            "(" + " | ".join(quote(mark) for mark in marks) + ")",
            *(part.postgres() for part in self._parts(in_title)),
        ]
        return " & ".join([*parts, *(f"!{part.postgres()}" for part in self.none_of)])


def understand(text: str, languages: Sequence[str]) -> Wanted:
    """Read a question: words, "exact phrases", -words that must not occur. Anything can be typed; nothing is an error.

    A word is met by any longer word that begins with it and by its forms in the given languages. Single letters count
    only where there is nothing else, and no more than the first 12 words count.
    """
    wanted: list[Term | Phrase] = []
    unwanted: list[Term | Phrase] = []
    for minus, quoted, other_minus, plain in _PART.findall(strip_controls(text)[:LONGEST_QUESTION]):
        words = split(quoted or plain)
        target = unwanted if minus or other_minus else wanted
        if quoted or (len(words) > 1 and target is unwanted):
            target.extend([Phrase(tuple(words[:MOST_WORDS]))] if len(words) > 1 else map(_exactly, words))
        else:
            target.extend(_term(word, languages, begins=target is wanted) for word in words)
    if any(_is_long(part) for part in wanted):
        wanted = [part for part in wanted if _is_long(part)]
    return Wanted(tuple(dict.fromkeys(wanted[:MOST_WORDS])), tuple(dict.fromkeys(unwanted[:MOST_WORDS])))


def _is_long(part: Term | Phrase) -> bool:
    return isinstance(part, Phrase) or len(part.forms[0]) > 1 or not part.forms[0].isascii()


def _exactly(word: str) -> Term:
    return Term(tuple(dict.fromkeys([*fold_all([word]), word])), begins=False)


def _term(word: str, languages: Sequence[str], *, begins: bool) -> Term:
    folded = fold_all([word])[0]
    stems = [stem_all([word], language)[0] for language in languages]
    forms = [form for form in dict.fromkeys([folded, *stems, word]) if form]
    return Term(tuple(forms), begins and len(folded) >= _SHORTEST_BEGINNING)
