"""Words as the index knows them: folded, and beside them their stems by the rules of the text's language.

Both databases are given the same words, made here, so that they find the same things (PostgreSQL's own dictionaries miss
"gründen" in "gründeten" once accents are removed, and SQLite has none).
"""

import re
from collections.abc import Sequence
from threading import local

import Stemmer

from hearth.core.text import fold

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 64
# Characters for private use begin the index's own marks: no text and no question can contain them as part of a word.
_OWN = "\ue000"
_IN_TITLE = "\ue001"
_PART = "\ue002"
_PRIVATE = re.compile("[\ue000-\ue002]+")
_FOLDED_ONLY_HERE = re.compile("[ßæœøđðłþħŧıſςﬀ-ﬆ]")
# PostgreSQL counts positions to 16,383; SQLite needs no limit, but a text longer than this is an attachment, not a post.
_MOST_WORDS = 16_000

_stemmers = local()


def split(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(_PRIVATE.sub(" ", text).lower())]


def fold_all(words: Sequence[str]) -> list[str]:
    """Fold many words in one go."""
    # Taken apart, a few characters hold a blank; a word of the index holds none.
    return fold("\n".join(words)).replace(" ", "").split("\n") if words else []


def stem_all(words: Sequence[str], language: str) -> list[str]:
    """Return the folded stem of each word by the rules of a language ("de", "pt-BR"), or the folded word itself."""
    name = LANGUAGES.get(language.partition("-")[0].lower())
    if name is None:
        return fold_all(words)
    return fold_all(_stemmer(name).stemWords(words))


def _stemmer(name: str) -> Stemmer.Stemmer:
    # A stemmer keeps state while it works, so each thread has its own.
    if not hasattr(_stemmers, "by_name"):
        _stemmers.by_name = {}
    known: dict[str, Stemmer.Stemmer] = _stemmers.by_name
    if name not in known:
        known[name] = Stemmer.Stemmer(name)
    return known[name]


def community_mark(community_id: int) -> str:
    """Return the word that every entry of a community carries."""
    return f"{_OWN}{community_id}"


def audience_mark(community_id: int, audience: str) -> str:
    """Return the word that every entry for an audience of a community carries."""
    return f"{_OWN}{community_id}{_PART}" + _PART.join(WORD.findall(audience))


def title_form(form: str) -> str:
    """Return the word under which a word of the title is known."""
    return _IN_TITLE + form


def words_for_sqlite(marks: Sequence[str], title: str, body: str, lang: str) -> str:
    """Return what the FTS5 table must know beside title and body: marks, words of the title, stems, folded letters."""
    in_title = split(title)
    words = (in_title + split(body))[:_MOST_WORDS]
    folded, stems = fold_all(words), stem_all(words, lang)
    extra = {stem: None for word, stem in zip(folded, stems, strict=True) if stem != word}
    extra |= {
        plain: None
        for word, plain in zip(words, folded, strict=True)
        if word != plain and _is_news(word, plain)
    }
    titles = dict.fromkeys(map(title_form, folded[: len(in_title)] + stems[: len(in_title)]))
    return " ".join([*marks, *titles, *extra])


def _is_news(word: str, plain: str) -> bool:
    # SQLite's tokenizer takes marks off Latin letters as we do, but not off others, and leaves a few letters as they are.
    return not plain.isascii() or bool(_FOLDED_ONLY_HERE.search(word))


def words_for_postgres(marks: Sequence[str], title: str, body: str, lang: str) -> str:
    """Return a tsvector as text: marks and words of the title without place, every word and its stem in its place."""
    in_title = split(title)
    words = (in_title + split(body))[:_MOST_WORDS]
    folded, stems = fold_all(words), stem_all(words, lang)
    titles = dict.fromkeys(map(title_form, folded[: len(in_title)] + stems[: len(in_title)]))
    places: dict[str, list[str]] = {}
    for at, (word, stem) in enumerate(zip(folded, stems, strict=True), 1):
        # A gap after the title keeps a phrase from running from its last word into the text.
        place = str(at if at <= len(in_title) else at + 1)
        places.setdefault(word, []).append(place)
        if stem != word:
            places.setdefault(stem, []).append(place)
    bare = [quote(word) for word in (*marks, *titles)]
    return " ".join(bare + [f"{quote(word)}:{','.join(at[:255])}" for word, at in places.items() if word])


def quote(word: str) -> str:
    """Return a word as PostgreSQL reads it in a tsvector or a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
