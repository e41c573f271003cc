"""Pictures made anew in a process of their own: whatever hides in a file, only its pixels come out.

The new picture has no EXIF, no place, no profile, no text and no second file behind its end; it stands upright. Of moving
pictures the first frame remains, because nothing here moves by itself (WCAG 2.2.2).
"""

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from django.utils.translation import gettext as _

from hearth.core.errors import Invalid, TooMany
from hearth.files import limits
from hearth.files.errors import DISK_FULL

_WORKER = Path(__file__).with_name("picture_worker.py")
_turn = BoundedSemaphore(limits.PICTURES_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Picture:
    """What was made of a picture."""

    width: int
    height: int
    content_type: str


def make_anew(
    source: IO[bytes], *, display: IO[bytes], thumbnail: IO[bytes], square: bool = False
) -> Picture:
    """Decode the source and write it anew into `display` and, small, into `thumbnail`; `square` cuts out a photo.

    Refuses, with what the person can do: too many pixels or frames, a damaged picture, one that takes too much memory
    or time.
    """
    if not _turn.acquire(timeout=limits.TURN_SECONDS):
        raise TooMany(_("Many pictures are arriving just now. Try again in a minute."))
    try:
        said = _run(
            source, _job(display, thumbnail, square), keep_open=(display.fileno(), thumbnail.fileno())
        )
    finally:
        _turn.release()
    if "refused" in said:
        _refuse(said["refused"])
    return Picture(said["width"], said["height"], said["content_type"])


def _job(display: IO[bytes], thumbnail: IO[bytes], square: bool) -> dict[str, Any]:
    return {
        "display": display.fileno(),
        "thumbnail": thumbnail.fileno(),
        "square": square,
        "side": limits.PHOTO_SIDE if square else limits.DISPLAY_SIDE,
        "thumbnail_side": limits.THUMBNAIL_SIDE,
        "pixels": limits.PIXELS,
        "frames": limits.FRAMES,
        "disk_full": DISK_FULL,
        "limits": {
            "RLIMIT_AS": limits.DECODER_BYTES,
            "RLIMIT_CPU": limits.DECODER_CPU_SECONDS,
            "RLIMIT_FSIZE": limits.DECODER_OUTPUT_BYTES,
            "RLIMIT_CORE": 0,
        },
    }


def _run(source: IO[bytes], job: dict[str, Any], *, keep_open: tuple[int, int]) -> dict[str, Any]:
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    with subprocess.Popen(
        [sys.executable, "-I", str(_WORKER), json.dumps(job)],
        stdin=source.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=keep_open,
        # Nothing of our environment goes along, least of all the secret key.
        env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
        cwd="/",
        start_new_session=True,
    ) as worker:
        try:
            worker.wait(timeout=limits.DECODER_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            return {"refused": "heavy"}
        said = worker.stdout.read(4096) if worker.stdout else b""
    return _heard(said, worker.returncode)


def _heard(said: bytes, code: int) -> dict[str, Any]:
    if code == 1:
        raise RuntimeError("The picture worker did not start. Is Pillow installed for this Python?")
    # A worker that was ended (time, memory) or that crashed in the decoder said nothing.
    if code != 0:
        return {"refused": "heavy"}
    heard: dict[str, Any] = json.loads(said)
    return heard


def _refuse(word: str) -> None:
    if word == "room":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise Invalid(
        {
            "pixels": _("This picture has more than 40 million dots. Make it smaller, then choose it again."),
            "frames": _("This picture moves for too long. Choose a still picture."),
            "heavy": _("This picture takes too much work to open. Make it smaller, then choose it again."),
        }.get(word, _("This picture is damaged, or part of it is missing. Choose it again, or another one."))
    )
