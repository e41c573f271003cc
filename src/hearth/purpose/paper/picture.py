"""The purpose as a picture for other channels: a PNG, and the words that stand for it where it cannot be seen."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.utils.translation import pgettext

from hearth.paper.speech import in_words_of
from hearth.paper.typesetting import typeset
from hearth.purpose.paper.face import Face
from hearth.purpose.paper.pieces import PosterWords

TEMPLATE = Path(__file__).with_name("picture.typ")
WIDE, SQUARE = (1200, 630), (1080, 1080)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its words: whoever posts it posts both."""

    png: bytes
    alt: str
    width: int
    height: int


def picture(
    words: PosterWords,
    *,
    language: str,
    face: Face,
    made: datetime,
    shape: Literal["wide", "square"] = "wide",
) -> Picture:
    """Return the name and the sentence as a PNG of 1200 x 630 (wide) or 1080 x 1080 (square), with its alternative text.

    Refuses as `typeset` does.
    """
    width, height = WIDE if shape == "wide" else SQUARE
    with in_words_of(language):
        title = pgettext("paper", "%(name)s: our purpose") % {"name": face.name}
    png = typeset(
        TEMPLATE,
        {
            "sentence": words.sentence,
            "lines": [asdict(line) for line in words.lines()],
            "name": face.name,
            "accent": face.readable_accent,
            "width": width,
            "height": height,
        },
        language=language,
        title=title,
        author=face.name,
        made=made,
        kind="png",
        # One dot of the picture is one point of the page.
        ppi=72,
        pictures=face.pictures,
    )
    return Picture(png, f"{face.name}: {words.sentence}", width, height)
