"""Archive files on disk: plain or gzipped, read as lines from the beginning, with the bytes consumed reported."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

LONGEST_LINE = 64 * 1024 * 1024
REPORT_EVERY = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b"

OnBytes = Callable[[int], None]


def lines(path: Path, on_bytes: OnBytes | None = None) -> Iterator[bytes]:
    """The lines of a file, unpacked if it is gzipped. A damaged end of a gzip file ends the lines early.

    `on_bytes` hears how many bytes of the file itself were consumed since it was last called.
    """
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP_MAGIC
        raw.seek(0)
        stream: io.BufferedIOBase = gzip.GzipFile(fileobj=raw) if packed else raw
        heard = unreported = 0
        try:
            while line := stream.readline(LONGEST_LINE):
                yield line
                unreported += len(line)
                if on_bytes and unreported >= REPORT_EVERY:
                    on_bytes(raw.tell() - heard)
                    heard, unreported = raw.tell(), 0
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return
        finally:
            if on_bytes:
                on_bytes(raw.tell() - heard)
