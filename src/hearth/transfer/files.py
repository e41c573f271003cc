"""Archive files on disk: plain or gzipped, read from the beginning, with the bytes consumed reported."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

BLOCK = 128 * 1024
GZIP_MAGIC = b"\x1f\x8b"

OnBytes = Callable[[int], None]


def blocks(path: Path, on_bytes: OnBytes | None = None) -> Iterator[bytes]:
    """The content of a file in pieces, unpacked if it is gzipped. A damaged end of a gzip file ends it early.

    `on_bytes` hears how many bytes of the file itself were consumed since it was last called.
    """
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP_MAGIC
        raw.seek(0)
        stream: io.BufferedIOBase = gzip.GzipFile(fileobj=raw) if packed else raw
        heard = 0
        try:
            while block := stream.read1(BLOCK):
                yield block
                if on_bytes:
                    on_bytes(raw.tell() - heard)
                    heard = raw.tell()
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return


def lines(path: Path, on_bytes: OnBytes | None = None) -> Iterator[bytes]:
    """The lines of a file without their ends."""
    begun: list[bytes] = []
    for block in blocks(path, on_bytes):
        first, *others = block.split(b"\n")
        begun.append(first)
        for other in others:
            yield b"".join(begun)
            begun = [other]
    if any(begun):
        yield b"".join(begun)
