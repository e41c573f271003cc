"""How people and languages are shown: marks made of initials, calm colours, languages by their own names."""

import unicodedata
import zlib
from functools import lru_cache

from django.conf.locale import LANG_INFO

TONES = 8
_NOT_IN_DJANGO = {"mt": "Malti"}


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """One or two letters for a person's mark, in any alphabet: of the first and the last word of the name."""
    words = [word for word in (_letters(part) for part in unicodedata.normalize("NFC", name).split()) if word]
    if not words:
        return "·"
    picked = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in picked).upper()


def tone(key: str) -> int:
    """The calm colour (1 to 8) that belongs to a person; the same on every page and after every restart."""
    return zlib.crc32(key.encode()) % TONES + 1


@lru_cache(maxsize=256)
def lang_name(code: str) -> str:
    """A language by its own name, as its readers write it, starting with a capital."""
    info = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0])
    own = str(info["name_local"]) if info and "name_local" in info else _NOT_IN_DJANGO.get(code, code)
    return own[:1].upper() + own[1:]


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())
