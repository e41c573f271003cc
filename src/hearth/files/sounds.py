"""Sound recordings: which kind by content, and what they tell about place and person taken out."""

from struct import pack, unpack_from
from typing import IO

from hearth.files.containers import boxes, tracks

_OGG_SOUNDS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
_WEBM_FILMS = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
_WEBM_SOUNDS = (b"A_OPUS", b"A_VORBIS")
_EBML = b"\x1a\x45\xdf\xa3"
_WAV_KEPT = (b"fmt ", b"data", b"fact", b"JUNK")
# Bit rates of MPEG audio layer III in kbit/s, versions 1 and 2 (ISO/IEC 11172-3, 13818-3).
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def kind_of(file: IO[bytes], size: int, head: bytes) -> str | None:
    """Return the content type of a sound recording without moving pictures, or None."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"OggS":
        return "audio/ogg" if _is_ogg_sound(head) else None
    if head[4:8] == b"ftyp":
        return "audio/mp4" if tracks(file, size) == {b"soun"} else None
    if head.startswith(_EBML):
        return "audio/webm" if _is_webm_sound(head) else None
    return "audio/mpeg" if _is_mp3(file, head) else None


def is_film(head: bytes) -> bool:
    """Say whether it looks like one of the usual kinds of film."""
    return (
        head[4:8] == b"ftyp"
        or head.startswith((_EBML, b"OggS"))
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    )


def _is_ogg_sound(head: bytes) -> bool:
    start = 27 + (head[26] if len(head) > 26 else 0)
    return head[start:].startswith(_OGG_SOUNDS) and b"\x80theora" not in head


def _is_webm_sound(head: bytes) -> bool:
    return (
        b"webm" in head[:64]
        and any(c in head for c in _WEBM_SOUNDS)
        and not any(c in head for c in _WEBM_FILMS)
    )


def _is_mp3(file: IO[bytes], head: bytes) -> bool:
    start = _tag_length(head)
    file.seek(start)
    frames = file.read(8192)
    # After a tag there may be padding; without one the first frame stands at once, and a second one right behind it.
    at = next((n for n in range(len(frames) if start else 1) if _frame_length(frames[n : n + 4])), None)
    if at is None:
        return False
    after = at + _frame_length(frames[at : at + 4])
    return bool(_frame_length(frames[after : after + 4]))


def _tag_length(head: bytes) -> int:
    # ID3v2 writes its length in four bytes of seven bits (ID3v2.4.0, 3.1).
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    return 10 + sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def _frame_length(header: bytes) -> int:
    """Return the length of the layer III frame that begins so; 0 where none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, sample = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or sample == 3:
        return 0
    kbits = (_RATES_1 if version == 3 else _RATES_2)[rate]
    return (144 if version == 3 else 72) * kbits * 1000 // _SAMPLES[version][sample] + (header[2] >> 1 & 1)


def forget_details(file: IO[bytes], *, size: int, content_type: str) -> None:
    """Blank what a recording tells of place, person and device, in place, so that nothing moves (ASVS 14.2.8).

    MP4: the boxes `udta`, `meta` and `uuid` (where a telephone writes the place); MP3: the ID3 tags; WAV: all but the sound.
    """
    blank = {"audio/mp4": _blank_mp4, "audio/mpeg": _blank_mp3, "audio/wav": _blank_wav}.get(content_type)
    if blank is not None:
        blank(file, size)


def _blank_mp4(file: IO[bytes], size: int) -> None:
    told = (b"udta", b"meta", b"uuid")
    for box in list(boxes(file, 0, size, inside=(b"moov", b"trak", b"mdia"))):
        if box.kind in told:
            file.seek(box.label_at)
            file.write(b"free")
            _zero(file, box.start, box.end)


def _blank_mp3(file: IO[bytes], size: int) -> None:
    file.seek(0)
    start = min(_tag_length(file.read(10)), size)
    # An empty tag of the same length, with no flags, stays: players skip it.
    if start:
        _zero(file, 5, 6)
        _zero(file, 10, start)
    file.seek(max(0, size - 128))
    if file.read(3) == b"TAG":
        _zero(file, size - 128, size)


def _blank_wav(file: IO[bytes], size: int) -> None:
    at = 12
    while at + 8 <= size:
        file.seek(at)
        label, length = unpack_from("<4sI", file.read(8))
        end = min(at + 8 + length, size)
        if label not in _WAV_KEPT:
            file.seek(at)
            file.write(pack("<4s", b"JUNK"))
            _zero(file, at + 8, end)
        at = at + 8 + length + (length & 1)


def _zero(file: IO[bytes], start: int, end: int) -> None:
    file.seek(start)
    file.write(bytes(max(0, end - start)))
