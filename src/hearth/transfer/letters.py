"""One message of an archive, taken apart without ever raising: headers by hand, bodies by the old, lenient parser.

`email.policy.default` raises on headers that occur in real mail and is slow on hostile ones; `compat32` is neither.
"""

import binascii
import email
import quopri
import re
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32

from hearth.transfer.charsets import base64_bytes, decode, header_text, squeeze

HEADER_LINE = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)$", re.DOTALL)
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
MOST_HEADERS = 2_000
MOST_PARTS = 500
MOST_BOUNDARIES = 5_000
LONGEST_TEXT = 400_000
SCRUBBED_PART = re.compile(r"^-{5,} next part -{5,}\n(?P<notes>(?:[^\n]+\n?)*)", re.MULTILINE)
SCRUBBED_NAME = re.compile(r"^Name: (.+)$", re.MULTILINE)
# What the parameter parsers of the standard library raise on broken Content-Type lines (seen with a fuzzer).
PARSER_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, binascii.Error)


@dataclass(slots=True)
class Headers:
    """Header values by lower-case name, unfolded, as bytes."""

    values: dict[str, list[bytes]] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """The first value, or nothing."""
        return self.values.get(name, [b""])[0]

    def all(self, name: str) -> list[bytes]:
        """Every value of a header that may be there more than once."""
        return self.values.get(name, [])

    def text(self, name: str) -> str:
        """The first value, decoded for reading."""
        return header_text(self.first(name), self.charset)

    @property
    def charset(self) -> str | None:
        """The charset of the body, in which careless programs wrote the headers too."""
        match = re.search(rb"charset\s*=\s*\"?([\w.:-]{1,40})", self.first("content-type"), re.IGNORECASE)
        return match[1].decode("ascii") if match else None

    @property
    def content_type(self) -> str:
        """Type and subtype in lower case; text/plain where nothing is said (RFC 2045, 5.2)."""
        stated = self.first("content-type").partition(b";")[0].strip().lower().decode("ascii", "replace")
        return stated if TYPE.fullmatch(stated) else "text/plain"


@dataclass(slots=True)
class Body:
    """What a message says: `text`, or `html` if there is no plain text; what was attached, by name."""

    text: str = ""
    html: str = ""
    attachments: list[str] = field(default_factory=list)
    charset_fits: bool = True
    cut: bool = False
    sound: bool = True


def take_apart(content: bytes) -> tuple[Headers, bytes]:
    """Headers and raw body. The first line that cannot be a header begins the body, also without an empty line."""
    content = content.lstrip(b"\r\n")
    headers, at, last = Headers(), 0, b""
    for _count in range(MOST_HEADERS):
        end = content.find(b"\n", at) + 1 or len(content)
        line = content[at:end].rstrip(b"\r\n")
        match = HEADER_LINE.match(line)
        if line[:1] in b" \t" and last and line.strip():
            _fold(headers, last, line)
        elif match and line.strip():
            last = match[1].lower()
            headers.values.setdefault(last.decode("ascii"), []).append(match[2])
        elif not line.startswith(b">From "):
            return headers, content[end if not line.strip() else at :]
        at = end
    return headers, content[at:]


def read_body(headers: Headers, raw: bytes) -> Body:
    """The readable part of a message and the names of the rest."""
    kind = headers.content_type
    if kind.startswith(("multipart/", "message/")):
        body = _read_parts(headers, raw)
    elif kind.startswith("text/"):
        body = _read_text(kind, _decoded(headers, raw), headers.charset)
    else:
        body = Body(attachments=[_name_in(headers) or kind])
    _note_scrubbed(body)
    body.cut = max(len(body.text), len(body.html)) > LONGEST_TEXT
    body.text, body.html = body.text[:LONGEST_TEXT].rstrip(), body.html[:LONGEST_TEXT]
    return body


def _fold(headers: Headers, name: bytes, line: bytes) -> None:
    values = headers.values[name.decode("ascii")]
    if len(values[-1]) < LONGEST_TEXT:
        values[-1] += b" " + line.strip()


def _decoded(headers: Headers, raw: bytes) -> bytes:
    coding = headers.first("content-transfer-encoding").strip().lower()
    if coding == b"base64":
        return base64_bytes(raw)
    return quopri.decodestring(raw) if coding == b"quoted-printable" else raw


def _read_text(kind: str, raw: bytes, charset: str | None) -> Body:
    text, fits = decode(raw, charset)
    return Body(html=text, charset_fits=fits) if kind == "text/html" else Body(text=text, charset_fits=fits)


def _read_parts(headers: Headers, raw: bytes) -> Body:
    stated = b"Content-Type: " + headers.first("content-type") + b"\n\n"
    # The parser spends 30 microseconds on a part, however empty: without a limit that is a way to stop an import.
    pieces = raw.split(b"\n--", MOST_BOUNDARIES)
    raw, body = b"\n--".join(pieces[:MOST_BOUNDARIES]), Body(sound=len(pieces) <= MOST_BOUNDARIES)
    plain: list[str] = []
    html: list[str] = []
    try:
        for part in _leaves(email.message_from_bytes(stated + raw, policy=compat32)):
            _sort_part(part, body, plain, html)
    except PARSER_ERRORS:
        body.sound = False
    body.text = "\n".join(text.strip("\n") for text in plain if text.strip())
    body.html = "" if body.text else "\n".join(html)
    if not (body.text or body.html or body.attachments):
        body.text, body.sound = decode(raw, headers.charset)[0], False
    return body


def _leaves(message: Message) -> list[Message]:
    """The parts in reading order, without recursion and without opening attached messages."""
    waiting, leaves = [message], list[Message]()
    while waiting and len(leaves) < MOST_PARTS:
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting.extend(reversed([each for each in inner if isinstance(each, Message)]))
        else:
            leaves.append(part)
    return leaves


def _sort_part(part: Message, body: Body, plain: list[str], html: list[str]) -> None:
    kind, name = part.get_content_type(), _part_name(part)
    attached = str(part.get("content-disposition", "")).strip().lower().startswith("attachment")
    if kind.startswith("multipart/"):
        kind = "text/plain"  # its boundary never comes: what is there is text
    if attached or name or not kind.startswith("text/") or kind in ("text/calendar", "text/rfc822-headers"):
        body.attachments.append(name or kind)
        return
    raw = part.get_payload(decode=True)
    text, fits = decode(raw if isinstance(raw, bytes) else b"", _part_charset(part))
    body.charset_fits = body.charset_fits and fits
    (html if kind == "text/html" else plain).append(text)


def _part_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except PARSER_ERRORS:
        name = ""
    return header_text(name.encode("utf-8", "surrogateescape"))[:200].strip("\"' ")


def _part_charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except PARSER_ERRORS:
        return None


def _name_in(headers: Headers) -> str:
    for header in ("content-disposition", "content-type"):
        match = re.search(
            rb"(?:file)?name\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", headers.first(header), re.IGNORECASE
        )
        if match:
            return header_text(match[1] or match[2] or b"")[:200]
    return ""


def _note_scrubbed(body: Body) -> None:
    """Mailman 2 replaced attachments by a note with a dead link; the name is kept, the note goes."""
    if "next part --" not in body.text:
        return
    for match in SCRUBBED_PART.finditer(body.text):
        if "scrubbed..." in match["notes"]:
            name = SCRUBBED_NAME.search(match["notes"])
            body.attachments.append(squeeze(name[1]) if name else "?")
    body.text = SCRUBBED_PART.sub(
        lambda found: "" if "scrubbed..." in found["notes"] else found[0], body.text
    )
    body.text = re.sub(r"^-{5,} next part -{5,}\n+", "", body.text, flags=re.MULTILINE)
