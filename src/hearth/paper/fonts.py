"""The fonts of paper: which there are, which letters they can print, and which one leads a document.

All come from packages and carry the SIL Open Font License; the machine's own fonts are never used, so that a document
looks the same wherever it is made. Sizes and reasons: `docs/adr/0010-paper.md`.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_heebo
import fontpkg_ibm_plex_sans_arabic
import fontpkg_noto_sans

from hearth.paper.letters import letters_of

ATKINSON, NOTO, ARABIC, HEBREW = "Atkinson Hyperlegible", "Noto Sans", "IBM Plex Sans Arabic", "Heebo"
_PACKAGES = {
    ATKINSON: fontpkg_atkinson_hyperlegible,
    NOTO: fontpkg_noto_sans,
    ARABIC: fontpkg_ibm_plex_sans_arabic,
    HEBREW: fontpkg_heebo,
}
_LEADS = {"ar": ARABIC, "fa": ARABIC, "ur": ARABIC, "ckb": ARABIC, "he": HEBREW, "yi": HEBREW}


def folders() -> list[Path]:
    """Return where the font files lie, in an order that never changes."""
    return [Path(str(package.__file__)).parent / "files" for package in _PACKAGES.values()]


def families(language: str, texts: Iterable[str]) -> list[str]:
    """Return the fonts for a document, the leading one first.

    Atkinson Hyperlegible leads wherever it has every letter of the words, and a font of its own alphabet in Arabic and
    Hebrew. Where the leading font lacks a Latin, Greek or Cyrillic letter (İ, ŵ), Noto Sans leads the whole document: a
    word in two fonts, or a letter put together from parts, reads badly.
    """
    wanted = {ord(letter) for text in texts for letter in text if _is_from_left(letter)} & _coverage(NOTO)
    own = _own(language)
    leads = (
        [own, ATKINSON, NOTO, ARABIC, HEBREW]
        if wanted <= _coverage(own)
        else [NOTO, own, ATKINSON, ARABIC, HEBREW]
    )
    return list(dict.fromkeys(leads))


def is_tall(language: str) -> bool:
    """Say whether the letters of the language reach higher and lower than Latin ones, so that lines need more air."""
    return _own(language) == ARABIC


def _own(language: str) -> str:
    return _LEADS.get(language.partition("-")[0].lower(), ATKINSON)


def _is_from_left(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "L" and unicodedata.bidirectional(letter) == "L"


def can_print(letter: str) -> bool:
    """Say whether some font of ours has this character."""
    return any(ord(letter) in _coverage(family) for family in _PACKAGES)


@cache
def _coverage(family: str) -> frozenset[int]:
    """The characters that every file of the family has: bold must not lack what regular has."""
    folder = Path(str(_PACKAGES[family].__file__)).parent / "files"
    files = sorted(folder.glob("*.ttf"))
    return frozenset.intersection(*(letters_of(file.read_bytes()) for file in files))
