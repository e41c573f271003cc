"""Files that do harm, and honest ones beside them, made on the spot."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = (53.3498, -6.2603)
SECRET = b"canary-in-the-file"


def picture(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object
) -> bytes:
    """An honest picture: left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int) -> bytes:
    """A grey PNG of any size whose rows are all zero: 13,000 x 13,000 dots fit 20 kB."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    content = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def gif_of(frames: int) -> bytes:
    """A GIF of one dot and many frames."""
    frame = b"\x21\xf9\x04\x00\x0a\x00\x00\x00" + b"\x2c\0\0\0\0\x01\0\x01\0\0" + b"\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\xff" + frame * frames + b";"


def gif_whose_frame_outgrows_it() -> bytes:
    """A GIF whose header says one dot and whose frame says 60,000 x 60,000."""
    frame = b"\x2c\0\0\0\0" + struct.pack("<HH", 60000, 60000) + b"\0\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\xff" + frame + b";"


def webp_canvas_of(width: int, height: int) -> bytes:
    """A WebP whose header asks for a large canvas and which holds a small picture."""
    small = picture("WEBP", lossless=True)
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (width - 1).to_bytes(3, "little")
    body = b"WEBP" + canvas + (height - 1).to_bytes(3, "little") + small[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def svg_use_bomb() -> bytes:
    """Thirty doublings: a thousand million circles."""
    levels = "".join(f'<g id="l{n}"><use href="#l{n - 1}"/><use href="#l{n - 1}"/></g>' for n in range(1, 31))
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="l0"><circle r="9"/></g>{levels}</svg>'.encode()


def jpeg_that_is_html() -> bytes:
    """A sound JPEG whose comment is a page with a script."""
    plain = picture("JPEG")
    page = b"<html><script>document.title='" + SECRET + b"'</script></html>"
    return plain[:2] + b"\xff\xfe" + struct.pack(">H", len(page) + 2) + page + plain[2:]


def jpeg_with_place(turn: int = 1) -> bytes:
    """A JPEG with the place, the telephone and the way up written into it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = SECRET.decode(), turn
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 20.0, 59.0), 3: "W", 4: (6.0, 15.0, 37.0)})
    return picture("JPEG", exif=exif.tobytes(), comment=SECRET)


def png_with_zip_behind() -> bytes:
    """A sound PNG, then a sound ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.js", SECRET)
    return picture("PNG") + out.getvalue()


def office(part: str = "word/document.xml", *, extra: str = "", zeros: int = 0) -> bytes:
    """A small DOCX or XLSX; with `zeros` a bomb that unpacks to that many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, bytes(zeros) or b"<document/>")
        if extra:
            archive.writestr(extra, b"x")
    return out.getvalue()


def archive_of(parts: int) -> bytes:
    """A DOCX by its names, with that many parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for number in range(parts):
            archive.writestr(str(number), b"")
    return out.getvalue()


def open_document(kind: str = "text") -> bytes:
    """A small ODT or ODS."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<office/>")
    return out.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    """One box of an MP4 family file."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def m4a(handler: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    """A recording with the place in it, as a telephone makes it; with `vide`, a film."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
    told = box(b"udta", box(b"\xa9xyz", b"\x00\x15\x12\xc7+53.3498-006.2603/" + SECRET))
    return box(b"ftyp", brand + bytes(4) + b"isom") + box(b"moov", track + told) + box(b"mdat", b"sound" * 40)


def mp3(*, tagged: bool = True) -> bytes:
    """Three frames of silence, with tags before and behind that name a person."""
    frame = b"\xff\xfb\x90\x64" + bytes(413)
    tag = b"ID3\x03\x00\x00" + bytes([0, 0, 1, 0]) + (b"TIT2" + SECRET).ljust(128, b"\0")
    return (tag if tagged else b"") + frame * 3 + (b"TAG" + SECRET.ljust(125, b"\0") if tagged else b"")


def wav() -> bytes:
    """A short WAV with a list of details."""
    told = (
        b"LIST"
        + struct.pack("<I", 4 + 8 + len(SECRET))
        + b"INFOIART"
        + struct.pack("<I", len(SECRET))
        + SECRET
    )
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + told
        + b"data"
        + struct.pack("<I", 8)
    )
    body += b"\x80" * 8
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webm(codec: bytes = b"A_OPUS") -> bytes:
    """The head of a WebM file."""
    return b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(20) + b"\x86" + codec + bytes(100)


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """The first page of an Ogg file."""
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + codec + bytes(11)
