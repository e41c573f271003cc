"""The purpose as a poster that an office can hang up: A4 or A3, tagged PDF."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import pgettext

from hearth.paper.qr import qr_svg
from hearth.paper.speech import in_words_of
from hearth.paper.typesetting import typeset
from hearth.purpose.paper.face import Face, WayIn
from hearth.purpose.paper.pieces import PosterWords

TEMPLATE = Path(__file__).with_name("poster.typ")


def poster(
    words: PosterWords,
    *,
    language: str,
    face: Face,
    way_in: WayIn,
    made: datetime,
    size: Literal["a4", "a3"] = "a4",
) -> bytes:
    """Return the poster as a tagged PDF of one page (PDF/UA-1). Long words are set smaller, never under 14 pt or cut off.

    `language` is the language of the sentence; the few words around it are said in it where paper speaks it, else in
    English and marked as such. Refuses as `typeset` does.
    """
    with in_words_of(language) as spoken:
        data = _data(words, face, way_in) | {"size": size, "spoken": spoken}
        title = pgettext("paper", "%(name)s: our purpose") % {"name": face.name}
    return typeset(
        TEMPLATE,
        data,
        language=language,
        title=title,
        author=face.name,
        made=made,
        pictures={"qr": qr_svg(way_in.address)} | face.pictures,
    )


def _data(words: PosterWords, face: Face, way_in: WayIn) -> dict[str, Any]:
    return {
        "sentence": words.sentence,
        "lines": [asdict(line) for line in words.lines()],
        "name": face.name,
        "accent": face.readable_accent,
        "mark_alt": face.mark_alt,
        "way_in": {
            "address": way_in.address,
            "shown": way_in.address.removeprefix("https://").removeprefix("http://").rstrip("/"),
            "phone": way_in.phone,
            "hours": way_in.hours,
            "email": way_in.email,
        },
        "says": {
            "come_in": pgettext("paper", "Come in"),
            "web": pgettext("paper", "On the web"),
            "phone": pgettext("paper", "By phone"),
            "email": pgettext("paper", "By e-mail"),
            "qr_alt": pgettext("paper", "QR code with the address %(address)s") % {"address": way_in.address},
        },
    }
