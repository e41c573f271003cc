"""File names as people give them: any alphabet, nothing that leads elsewhere or reads as something else."""

import re
import unicodedata
from collections.abc import Collection

from hearth.files.limits import NAME_LETTERS

# Zero-width joiners stand inside words (Persian, Hindi) and inside emoji: they stay.
_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(
    name: str, *, suffix: str, alike: Collection[str], known: Collection[str], otherwise: str
) -> str:
    """Return the name under which a file is offered, at most `NAME_LETTERS` long, ending in what it really is.

    Folders are cut off; control characters, marks of direction, and what a file system refuses go. An ending in `alike`
    stays, one in `known` is replaced by `suffix`, any other is kept with `suffix` behind it. `otherwise` names the nameless.
    """
    stem, ending = _parts(_readable(name))
    if ending.lower() not in alike:
        stem = stem if ending.lower() in known else stem + ending
        ending = suffix
    stem = stem.strip(" .") or otherwise
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return _cut(stem, NAME_LETTERS - len(ending)) + ending


def _readable(name: str) -> str:
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(
        letter if letter.isprintable() or letter in _JOINERS else " " for letter in last if _is_shown(letter)
    )
    return " ".join(_FORBIDDEN.sub("-", seen).split())


def _is_shown(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"}


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > 5:
        return name, ""
    return stem, f".{ending}"


def _cut(stem: str, most: int) -> str:
    # A name must not end between a letter and its accent.
    short = stem[:most]
    while len(stem) > most and short and unicodedata.combining(stem[len(short)]):
        short = short[:-1]
    return short.rstrip(" .") or stem[:most]
