"""What a file is, by its content alone. What its sender says of it counts for nothing, its name only among harmless kinds.

Only what stands in `KINDS` is taken. (`puremagic` was tried: it unpacks parts of a ZIP file that it is given by name, and
answers with likelihoods; an allow-list needs yes or no.)
"""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, NoReturn

from django.utils.translation import gettext as _

from hearth.core.errors import Invalid
from hearth.files import containers, sounds

HEAD = 64 * 1024

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that is taken. endings: names that suit it, the first being the usual one."""

    content_type: str
    endings: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Whether it is decoded and made anew before it is kept."""
        return self.content_type.startswith("image/")


KINDS = {
    kind.content_type: kind
    for kind in (
        Kind("image/jpeg", (".jpg", ".jpeg")),
        Kind("image/png", (".png",)),
        Kind("image/webp", (".webp",)),
        Kind("image/gif", (".gif",)),
        Kind("application/pdf", (".pdf",)),
        Kind("text/plain", (".txt", ".text", ".md")),
        Kind("text/csv", (".csv", ".tsv")),
        Kind(_ODF + "text", (".odt",)),
        Kind(_ODF + "spreadsheet", (".ods",)),
        Kind(_OOXML + "wordprocessingml.document", (".docx",)),
        Kind(_OOXML + "spreadsheetml.sheet", (".xlsx",)),
        Kind("audio/mpeg", (".mp3",)),
        Kind("audio/mp4", (".m4a", ".mp4")),
        Kind("audio/ogg", (".ogg", ".oga", ".opus")),
        Kind("audio/wav", (".wav",)),
        Kind("audio/webm", (".webm", ".weba")),
    )
}
ENDINGS = frozenset(ending for kind in KINDS.values() for ending in kind.endings)
ACCEPT = ",".join(sorted(ENDINGS))

_PICTURES = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)
_OTHER_PICTURES = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf")
_PACKED = (b"PK", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_OLD_DOCUMENT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The beginnings by which browsers know a page (WHATWG MIME Sniffing 7.1), and those of XML and SVG.
_MARKUP = re.compile(
    r"\s*<(?:[!?]|/?(?:html|head|body|script|svg|iframe|style|title|table|meta|link|object|embed|form|math|frameset|"
    r"h[1-6]|div|font|img|p|a|b|br)\b)",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(file: IO[bytes], *, size: int, name: str) -> Kind:
    """Return what the file is; raise Invalid with what the person can do where it is nothing that is taken here."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Invalid(_("This file is empty. Choose another one."))
    content_type = _picture(head) or _document(file, size, head) or sounds.kind_of(file, size, head)
    return KINDS[content_type or _text(file, name) or _refusal(head)]


def _picture(head: bytes) -> str | None:
    return next((content_type for start, content_type in _PICTURES if start.match(head)), None)


def _document(file: IO[bytes], size: int, head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if not head.startswith(b"PK\x03\x04"):
        return None
    return _open_document(head) or _office_document(containers.parts_of_archive(file, size) or [])


def _open_document(head: bytes) -> str | None:
    said = containers.first_part(head).decode("ascii", "replace")
    return said if said.startswith(_ODF) and said in KINDS else None


def _office_document(parts: list[str]) -> str | None:
    names = set(parts)
    if "[Content_Types].xml" not in names:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Invalid(
            _("This document carries small programs (macros). Save it without them, then choose it again.")
        )
    if "word/document.xml" in names:
        return _OOXML + "wordprocessingml.document"
    return _OOXML + "spreadsheetml.sheet" if "xl/workbook.xml" in names else None


def _text(file: IO[bytes], name: str) -> str | None:
    """Return which kind of text it is, or None; raise Invalid for a page, a drawing in SVG, and a program's text."""
    file.seek(0)
    text = _decoded(file.read())
    if text is None:
        return None
    if _MARKUP.match(text):
        raise Invalid(
            _("Web pages and SVG drawings can carry hidden programs. Save it as PDF or PNG, and send that.")
        )
    if text.startswith("#!"):
        raise Invalid(_("Programs cannot be kept here. This protects every member."))
    return "text/csv" if PurePath(name).suffix.lower() in KINDS["text/csv"].endings else "text/plain"


def _decoded(raw: bytes) -> str | None:
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None


def _refusal(head: bytes) -> NoReturn:
    """Raise the sentence that helps with a kind that is not taken."""
    if head[4:8] == b"ftyp" and head[8:12] in _OTHER_PICTURES:
        raise Invalid(
            _("Many members cannot open this kind of picture (HEIC). Save it as JPEG, then choose it again.")
        )
    if sounds.is_film(head):
        raise Invalid(_("Films cannot be kept here. Put it on a website for films, and send the link."))
    if head.startswith(_OLD_DOCUMENT):
        raise Invalid(_("This document has an old format. Save it as PDF or DOCX, then choose it again."))
    if head.startswith(_PACKED):
        raise Invalid(_("Packed files cannot be opened here. Send what is in it, one file at a time."))
    if head.startswith(_PROGRAMS):
        raise Invalid(_("Programs cannot be kept here. This protects every member."))
    raise Invalid(
        _("This kind of file cannot be kept here. Pictures, PDF, texts, tables and sound recordings can.")
    )
