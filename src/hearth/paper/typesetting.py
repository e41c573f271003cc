"""One door from plain data to a printed page: PDF that a screen reader can read, or a picture."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from hearth.core.errors import Invalid, TooMany
from hearth.paper import fonts, limits
from hearth.paper.printable import all_printable

ROOT = Path(__file__).resolve().parent.parent
_PRESS = Path(__file__).with_name("press.py")
_turn = BoundedSemaphore(limits.AT_ONCE)
logger = logging.getLogger(__name__)


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    language: str,
    title: str,
    author: str,
    made: datetime,
    kind: Literal["pdf", "png"] = "pdf",
    pictures: Mapping[str, bytes] | None = None,
    ppi: int = 144,
) -> bytes:
    """Return the document that the template makes of the data.

    A PDF is tagged and follows PDF/UA-1 (ISO 14289-1): language, title, reading order, alternatives. The words go to typst
    as JSON, never as source, so that nothing people write can be a command; what cannot be printed is taken out before
    (`printable`). `pictures` are PNG, JPEG, WebP or SVG that have been made anew by us, by the name under which the
    template asks for them. The same input gives the same bytes, whatever the machine; `made` is the date in the document.

    Refuses with Invalid: letters that no font of ours has; words that are too long; a document that takes too much work.
    Refuses with TooMany when many documents are being made. No tables, no network, no files but the fonts.
    """
    words = all_printable(dict(data))
    words["paper"] = all_printable({"language": language, "title": title, "author": author}) | {
        "rtl": is_rtl(language),
        "tall": fonts.is_tall(language),
        "fonts": fonts.families(language, [*_texts(words), title, author]),
    }
    words["pictures"] = {name: list(picture) for name, picture in (pictures or {}).items()}
    if sum(len(text) for text in _texts(words)) > limits.CHARACTERS:
        raise _too_long()
    return _pressed(_job(template, json.dumps(words, ensure_ascii=False), kind=kind, made=made, ppi=ppi))


def is_rtl(language: str) -> bool:
    """Say whether the language is written from right to left."""
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return False


def _job(template: Path, data: str, *, kind: str, made: datetime, ppi: int) -> dict[str, Any]:
    return {
        "template": str(template),
        "root": str(ROOT),
        "fonts": [str(folder) for folder in fonts.folders()],
        "nowhere": os.devnull,
        "data": data,
        "kind": kind,
        "ppi": ppi,
        "made": int(made.timestamp()),
        "limits": {
            "RLIMIT_AS": limits.MEMORY_BYTES,
            "RLIMIT_CPU": limits.CPU_SECONDS,
            "RLIMIT_CORE": 0,
        },
    }


def _pressed(job: dict[str, Any]) -> bytes:
    if not _turn.acquire(timeout=limits.TURN_SECONDS):
        raise TooMany(_("Many documents are being made just now. Try again in a minute."))
    try:
        head, document = _run(job)
    finally:
        _turn.release()
    for warning in head.get("warnings", ()):
        logger.warning("%s: %s", job["template"], warning)
    # What a template says where nothing more can shrink (`largest-fitting` in hearth.typ).
    if "too-long" in head.get("failed", ""):
        raise _too_long()
    if "failed" in head:
        logger.error("%s: %s", job["template"], head["failed"])
        raise Invalid(_("This document could not be made. Shorten the words, then try again."))
    return document


def _too_long() -> Invalid:
    return Invalid(_("These words are too long for this page. Shorten them, then try again."))


def _run(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    with subprocess.Popen(
        [sys.executable, "-I", str(_PRESS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Nothing of our environment goes along. A thread for each of many processors would use up the memory allowed.
        env={"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"} | _needed(),
        cwd="/",
        start_new_session=True,
    ) as press:
        try:
            said, cried = press.communicate(json.dumps(job).encode(), timeout=limits.SECONDS)
        except subprocess.TimeoutExpired:
            press.kill()
            return {"failed": "It took too long."}, b""
    if press.returncode != 0:
        return {
            "failed": f"The press ended with {press.returncode}. {cried.decode(errors='replace')[-800:]}"
        }, b""
    head, _end, document = said.partition(b"\n")
    return json.loads(head), document


def _needed() -> dict[str, str]:
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}


def _texts(value: Any) -> Iterator[str]:
    """Every text in the data: it decides which font leads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
