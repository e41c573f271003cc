"""The folder in which files are kept: by digest, whole or not at all, also after a power cut.

`<media root>/<community>/ab/cd/<digest>`, beside it `<digest>.thumbnail`. A file is written under `incoming/`, brought to
the disk, and only then given its place; so whatever stands at a place is complete, and writing it again changes nothing.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.conf import settings

from hearth.files.errors import DISK_FULL, NoRoom
from hearth.files.limits import FILE_BYTES

INCOMING = "incoming"
THUMBNAIL = ".thumbnail"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that has no place yet."""

    path: Path
    file: IO[bytes]

    @property
    def size(self) -> int:
        """Its length on the disk now."""
        self.file.flush()
        return os.fstat(self.file.fileno()).st_size


@contextmanager
def draft() -> Iterator[Draft]:
    """Open a new file under `incoming/` for writing and reading; it is gone afterwards unless it was given its place."""
    path = _incoming() / secrets.token_hex(16)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w+b") as file:
        try:
            yield Draft(path, file)
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def room_is_needed(words: str) -> Iterator[None]:
    """Turn the operating system's "disk full" into NoRoom with these words."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            raise NoRoom(words) from error
        raise


def take_in(source: Iterable[bytes], into: Draft) -> int:
    """Copy what arrives into the draft; return its length. Stops one byte after the limit, whatever its sender claims."""
    length = 0
    for chunk in source:
        into.file.write(chunk[: FILE_BYTES + 1 - length])
        length += len(chunk)
        if length > FILE_BYTES:
            return FILE_BYTES + 1
    into.file.flush()
    return length


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the whole file, in hexadecimal letters."""
    file.seek(0)
    total = sha256()
    while chunk := file.read(_CHUNK):
        total.update(chunk)
    return total.hexdigest()


def give_place(draft: Draft, *, community: str, digest: str, ending: str = "") -> None:
    """Bring the draft to the disk and to its place. Once this returns it survives a power cut."""
    draft.file.flush()
    os.fsync(draft.file.fileno())
    place = path_of(community=community, digest=digest, ending=ending)
    _make_folder(place.parent)
    draft.path.replace(place)
    _sync_folder(place.parent)


def path_of(*, community: str, digest: str, ending: str = "") -> Path:
    """Return the place of a stored file; both names come from our own rows, never from a request."""
    return _root() / community / digest[:2] / digest[2:4] / f"{digest}{ending}"


def open_stored(*, community: str, digest: str, ending: str = "") -> IO[bytes]:
    """Open a stored file for reading; FileNotFoundError where it is missing. Never follows a link (ASVS 5.2.5)."""
    flags = os.O_RDONLY | os.O_NOFOLLOW
    return os.fdopen(os.open(path_of(community=community, digest=digest, ending=ending), flags), "rb")


def places() -> Iterator[tuple[str, list[Path]]]:
    """Yield, one inner folder at a time, the community's public id and the files kept there."""
    for folder in sorted(_root().glob("*/??/??")):
        yield folder.parts[-3], sorted(path for path in folder.iterdir() if not path.is_dir())


def leftovers() -> Iterator[Path]:
    """Yield what stands under `incoming/`: uploads under way, and what a crash left."""
    yield from sorted(_incoming().iterdir())


def set_aside(path: Path) -> Path:
    """Move a stored file to `incoming/`, whole, so that it can be looked at once more before it is deleted."""
    aside = _incoming() / f"{secrets.token_hex(16)}.aside"
    path.replace(aside)
    return aside


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _incoming() -> Path:
    folder = _root() / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _make_folder(folder: Path) -> None:
    # A new folder is itself an entry in its parent, which has to reach the disk as well.
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
