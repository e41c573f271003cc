"""A look into packed documents and sound files: lists and labels only, nothing is unpacked or decoded."""

from collections.abc import Iterator
from struct import unpack, unpack_from
from typing import IO, NamedTuple

from hearth.files.limits import ARCHIVE_LIST_BYTES, ARCHIVE_PARTS, SOUND_BOXES

_END_OF_LIST = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_ENTRY_HEAD = 46
_END_HEAD = 22


def parts_of_archive(file: IO[bytes], size: int) -> list[str] | None:
    """Return the names in a ZIP file's own list; None where it has none, or one that is too long to be honest."""
    start = max(0, size - _END_HEAD - 65535)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END_OF_LIST)
    if at < 0 or len(tail) < at + _END_HEAD:
        return None
    count, length, offset = unpack_from("<HII", tail, at + 10)
    if count > ARCHIVE_PARTS or length > ARCHIVE_LIST_BYTES or offset + length > start + at:
        return None
    file.seek(offset)
    return _names(file.read(length), count)


def _names(listed: bytes, count: int) -> list[str] | None:
    names, at = [], 0
    for _entry in range(count):
        if listed[at : at + 4] != _ENTRY or len(listed) < at + _ENTRY_HEAD:
            return None
        name, extra, comment = unpack_from("<HHH", listed, at + 28)
        names.append(listed[at + _ENTRY_HEAD : at + _ENTRY_HEAD + name].decode("utf-8", "replace"))
        at += _ENTRY_HEAD + name + extra + comment
    return names


def first_part(head: bytes) -> bytes:
    """Return the content of a ZIP file's first part where it says its type, as OpenDocument files do (ODF 1.3, 2.3.3)."""
    if head[:4] != b"PK\x03\x04" or head[30:38] != b"mimetype":
        return b""
    method, packed = unpack_from("<H", head, 8)[0], unpack_from("<I", head, 18)[0]
    start = 38 + unpack_from("<H", head, 28)[0]
    return head[start : start + min(packed, 100)] if method == 0 else b""


class Box(NamedTuple):
    """One box of an MP4 family file (ISO/IEC 14496-12): its kind, and where its content begins and ends."""

    kind: bytes
    label_at: int
    start: int
    end: int


def boxes(file: IO[bytes], start: int, end: int, *, inside: tuple[bytes, ...]) -> Iterator[Box]:
    """Yield the boxes between two places, going into the kinds in `inside`; stop at nonsense or after `SOUND_BOXES`."""
    todo, seen = [(start, end)], 0
    while todo:
        at, stop = todo.pop()
        while at + 8 <= stop:
            box = _box(file, at, stop)
            seen += 1
            if box is None or seen > SOUND_BOXES:
                return
            yield box
            if box.kind in inside:
                todo.append((box.start, box.end))
            at = box.end


def _box(file: IO[bytes], at: int, stop: int) -> Box | None:
    file.seek(at)
    head = file.read(16)
    length, kind = unpack(">I4s", head[:8])
    start = at + 8
    if length == 1 and len(head) == 16:
        length, start = unpack(">Q", head[8:])[0], at + 16
    end = stop if length == 0 else at + length
    return Box(kind, at + 4, start, end) if start <= end <= stop else None


def tracks(file: IO[bytes], size: int) -> set[bytes]:
    """Return what the tracks of an MP4 family file carry: `soun`, `vide` and others."""
    found = set()
    for box in boxes(file, 0, size, inside=(b"moov", b"trak", b"mdia")):
        if box.kind == b"hdlr":
            file.seek(box.start + 8)
            found.add(file.read(4))
    return found
