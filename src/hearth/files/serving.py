"""A stored file as an answer: nothing in it can run here, nobody else's page can load it, and rights are asked each time."""

import logging
import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from hearth.core.errors import NotFound
from hearth.core.tenancy import current_community
from hearth.files import folder
from hearth.files.models import File

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
log = logging.getLogger(__name__)


class _Stream(FileResponse):
    block_size = 64 * 1024


class _Part:
    """A stretch of an open file."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        file.seek(start)
        self._file, self._left = file, end - start + 1

    def read(self, size: int) -> bytes:
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()


def answer(request: HttpRequest, file: File, *, thumbnail: bool = False) -> HttpResponseBase:
    """Return the file, or its small picture, for a reader who may see it: 200, 206 for part of a sound, 304 if unchanged.

    Shown in place are only the pictures that we made ourselves, and sounds; all else is offered for keeping (RFC 6266).
    """
    ending = folder.THUMBNAIL if thumbnail else ""
    etag = f'"{file.digest}{ending}"'
    response = get_conditional_response(request, etag=etag) or _content(request, file, ending, etag)
    headers = {
        "ETag": etag,
        # Kept by the reader's own browser only, and asked for each time: rights may have changed (ASVS 8.3.2).
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _content(request: HttpRequest, file: File, ending: str, etag: str) -> HttpResponseBase:
    try:
        opened = folder.open_stored(
            community=current_community().public_id, digest=file.digest, ending=ending
        )
    except OSError as error:
        log.error("Stored file of %s cannot be opened: %s", file.public_id, error)
        raise NotFound("") from error
    content_type = "image/webp" if ending else file.content_type
    response = (
        _sound(request, file, opened, etag) if file.is_sound else _Stream(opened, content_type=content_type)
    )
    shown = file.is_picture or file.is_sound
    disposition = content_disposition_header(not shown, file.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _sound(request: HttpRequest, file: File, opened: IO[bytes], etag: str) -> HttpResponseBase:
    """Players ask for parts (RFC 9110, 14); more than one part at once is answered with the whole."""
    asked = request.headers.get("Range", "")
    wanted = _RANGE.match(asked) if request.headers.get("If-Range", etag) == etag else None
    if wanted is None or wanted.groups() == ("", ""):
        response: HttpResponseBase = _Stream(opened, content_type=file.content_type)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    start, end = _places(wanted[1], wanted[2], file.size)
    if start > end:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    response = _Stream(_Part(opened, start, end), content_type=file.content_type, status=206)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return response


def _places(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
