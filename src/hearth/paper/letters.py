"""Which characters a font file has: its `cmap` table (OpenType 1.9), formats 4 and 12.

Fifty lines instead of a library: Hearth needs this one question answered, and a test compares it with fontTools.
"""

from collections.abc import Iterator
from struct import unpack_from

_UNICODE = {(0, 3), (0, 4), (3, 1), (3, 10)}


def letters_of(font: bytes) -> frozenset[int]:
    """Return the code points for which the font has a glyph."""
    start = _table(font, b"cmap")
    found: set[int] = set()
    for number in range(unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = unpack_from(">HHL", font, start + 4 + number * 8)
        if (platform, encoding) in _UNICODE:
            found.update(_letters(font, start + offset))
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    for number in range(unpack_from(">H", font, 4)[0]):
        name, _sum, offset, _length = unpack_from(">4sLLL", font, 12 + number * 16)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no table {tag.decode()}.")


def _letters(font: bytes, at: int) -> Iterator[int]:
    kind = unpack_from(">H", font, at)[0]
    if kind == 4:
        yield from _segments(font, at)
    elif kind == 12:
        for number in range(unpack_from(">L", font, at + 12)[0]):
            first, last, glyph = unpack_from(">LLL", font, at + 16 + number * 12)
            yield from (code for code in range(first, last + 1) if glyph + code - first)


def _segments(font: bytes, at: int) -> Iterator[int]:
    double = unpack_from(">H", font, at + 6)[0]
    ends, starts = at + 14, at + 16 + double
    for step in range(0, double, 2):
        first, last = unpack_from(">H", font, starts + step)[0], unpack_from(">H", font, ends + step)[0]
        delta = unpack_from(">H", font, starts + double + step)[0]
        place = starts + 2 * double + step
        offset = unpack_from(">H", font, place)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = unpack_from(">H", font, place + offset + 2 * (code - first))[0] if offset else code
            if glyph and (glyph + delta) % 0x10000:
                yield code
