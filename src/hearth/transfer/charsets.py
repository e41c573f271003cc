"""Bytes from old mail to text: declared charsets are believed as long as they work, then guessed. Never raises."""

import binascii
import codecs
import quopri
import re

from hearth.core.text import strip_controls

# Codecs that Python knows but that no mail means: they change bytes, not letters, or run escapes.
NOT_FOR_MAIL = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
# What senders call a charset, and the larger one that they really used (as browsers do, WHATWG Encoding).
WIDER = {
    "ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949",
    "shift-jis": "cp932", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?]*)\?=")
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
FOOTER = re.compile(rb"\n(?:--|__|[^\n]*\S \S)")
LONGEST_HEADER = 20_000


def decode(raw: bytes, declared: str | None = None) -> tuple[str, bool]:
    """The text of `raw`, and whether the declared charset fitted. Falls back to UTF-8, then to Windows-1252."""
    name = _known(declared)
    for attempt in (name, "utf-8"):
        if attempt is None:
            continue
        try:
            return strip_controls(raw.decode(attempt)), not declared or attempt == name
        except (UnicodeError, ValueError):
            continue
    return strip_controls(raw.decode("cp1252", "replace")), False


def header_text(raw: bytes, declared: str | None = None) -> str:
    """One header value as text on one line: encoded words (RFC 2047) and bare 8-bit letters are understood."""
    plain, _fits = decode(raw[:LONGEST_HEADER], declared)
    return squeeze(_words(plain) if "=?" in plain else plain)


def _words(text: str) -> str:
    pieces: list[str] = []
    run, run_charset, end = b"", "", 0
    for match in ENCODED_WORD.finditer(text):
        between = text[end : match.start()]
        charset = match[1].partition("*")[0].lower()
        # RFC 2047, 6.2: blanks between two encoded words are not shown. A letter may be split over two words.
        joins = end and not between.strip()
        if not (joins and charset == run_charset):
            pieces += [decode(run, run_charset)[0], "" if joins else between]
            run, run_charset = b"", charset
        run += _word_bytes(match[2], match[3])
        end = match.end()
    return "".join([*pieces, decode(run, run_charset)[0], text[end:]])


def _word_bytes(coding: str, payload: str) -> bytes:
    raw = payload.encode("utf-8", "replace")
    if coding in "qQ":
        return quopri.decodestring(raw.replace(b" ", b"_"), header=True)
    return base64_bytes(raw)


def base64_bytes(raw: bytes) -> bytes:
    """What can be read of `raw` as Base64; strange letters are passed over and a missing end is supplied.

    Mailing lists put their footer below a coded text as it is: from its first line on it is taken as plain.
    """
    footer = FOOTER.search(raw)
    coded, plain = (raw[: footer.start()], raw[footer.start() :]) if footer else (raw, b"")
    letters = NOT_BASE64.sub(b"", coded)
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)) + plain


def squeeze(text: str) -> str:
    """All white space, line ends included, becomes single blanks."""
    return " ".join(text.split())


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'").lower()).name.replace("_", "-")
        b"a".decode(name)  # LookupError for codecs that are not about letters, such as "hex"
    except UnicodeError:
        pass  # an odd number of bytes for a charset of pairs: it is one
    except (LookupError, ValueError):
        return None
    return None if name in NOT_FOR_MAIL else WIDER.get(name, name)
