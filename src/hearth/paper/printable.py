"""Words as people write them, made so that every character of them can be printed."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from hearth.core.errors import Invalid
from hearth.core.text import strip_controls
from hearth.paper import fonts, limits

_SPACES = re.compile(" {2,}")
_UNBROKEN = "\u00a0"
_UNBROKEN_KINDS = {_UNBROKEN, "\u2007", "\u202f"}
# Of characters without a picture only those stay that change how letters join or which way a line runs.
_JOINERS = {"\u200c", "\u200d", "\u200e", "\u200f"}
_LOOSE_JOINERS = re.compile("(?<!\\w)[\u200c\u200d]+|[\u200c\u200d]+(?!\\w)")


def printable(text: str) -> str:
    """Return the text as it can be printed: composed, without control characters, pictures and piled-up marks.

    Emoji and signs that no font of ours has are left out, since an empty box says nothing; letters written as signs
    (𝓗, Ｈ) become plain. Refuses letters of an alphabet that no font of ours has, and names them.
    """
    fitting = (_fitting(letter) for letter in unicodedata.normalize("NFC", strip_controls(text)))
    kept = _LOOSE_JOINERS.sub("", "".join(fitting))
    lines = (_SPACES.sub(" ", _thinned(line)).strip() for line in kept.split("\n"))
    return "\n".join(lines).strip()


def all_printable(value: Any) -> Any:
    """Return the same structure of dicts and lists with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [all_printable(part) for part in value]
    return value


def _fitting(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n":
        return letter
    if kind == "Zs" or letter == "\t":
        return _UNBROKEN if letter in _UNBROKEN_KINDS else " "
    if kind in ("Cf", "Cc"):
        return letter if letter in _JOINERS else ""
    if fonts.can_print(letter):
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(fonts.can_print(part) for part in plain):
        return plain
    if kind[0] in "LN":
        said = _("These letters cannot be printed yet: %(letters)s. Write them in another alphabet.")
        raise Invalid(said % {"letters": letter})
    return ""


def _thinned(line: str) -> str:
    """The line without marks that pile up above one letter."""
    kept, marks = [], 0
    for letter in line:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= limits.MARKS_A_LETTER:
            kept.append(letter)
    return "".join(kept)
