"""One message taken apart: broken headers, old charsets, MIME, and input made to hurt."""

import base64
import tracemalloc
from time import process_time

import pytest

from hearth.transfer.charsets import decode, header_text
from hearth.transfer.letters import Body, read_body, take_apart


def body_of(raw: str | bytes) -> Body:
    content = raw.encode() if isinstance(raw, str) else raw
    return read_body(*take_apart(content))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?iso-8859-1?B?R3L832U=?= aus =?utf-8?B?V2llbg==?=", "Grüße aus Wien"),
        (b"=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?q?one?= =?iso-8859-1?q?two?=", "onetwo"),
        (b"=?utf-8?q?two words?= and more", "two words and more"),
        (b"=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?klingon?q?Hi=21?=", "Hi!"),
        (b"=?hex?q?Hi?=", "Hi"),
        (b"=?utf-8*de?q?Hallo?=", "Hallo"),
        ("Grüße bare".encode(), "Grüße bare"),
        ("Grüße bare".encode("latin-1"), "Grüße bare"),
        (b"=?utf-8?q?half", "=?utf-8?q?half"),
        (b"\xe2\x80\x9cquoted\xe2\x80\x9d =?utf-8?q?and_coded?=", "“quoted” and coded"),
        (b"two\r\n\tlines", "two lines"),
    ],
)
def test_a_header_is_read_as_it_was_meant(raw: bytes, shown: str) -> None:
    assert header_text(raw) == shown


@pytest.mark.parametrize(
    ("raw", "charset", "text", "fits"),
    [
        ("Füße".encode(), "utf-8", "Füße", True),
        ("Füße".encode("latin-1"), "utf-8", "Füße", False),
        ("Füße".encode(), "iso-8859-1-odd", "Füße", False),
        ("“Füße”".encode("cp1252"), "iso-8859-1", "“Füße”", True),
        ("Füße".encode(), "us-ascii", "Füße", True),
        ("žluť".encode("iso-8859-2"), "iso-8859-2", "žluť", True),
        ("汉字㐀".encode("gb18030"), "gb2312", "汉字㐀", True),
        (b"a\x00b\x07c", None, "abc", True),
        (b"\\u0041", "unicode_escape", "\\u0041", False),
        (b"4142", "hex", "4142", False),
        (b"a\r\nb\rc", "utf-8", "a\nb\nc", True),
    ],
)
def test_a_charset_is_believed_as_long_as_it_fits(
    raw: bytes, charset: str | None, text: str, fits: bool
) -> None:
    assert decode(raw, charset) == (text, fits)


def test_headers_end_at_the_first_line_that_is_none() -> None:
    headers, raw = take_apart(b"From: a@b.example\nSubject: long\n  and folded\nthis is text\n\nmore\n")
    assert (headers.text("subject"), raw) == ("long and folded", b"this is text\n\nmore\n")


def test_plain_text_is_preferred_to_html() -> None:
    body = body_of(
        'Content-Type: multipart/alternative; boundary="b"\n\n'
        "--b\nContent-Type: text/plain; charset=utf-8\n\nplain wörds\n"
        "--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n"
    )
    assert (body.text, body.html) == ("plain wörds", "")


def test_html_is_taken_where_there_is_no_plain_text() -> None:
    body = body_of(
        'Content-Type: multipart/alternative; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n"
    )
    assert (body.text, body.html.strip()) == ("", "<p>html</p>")


def test_attachments_are_noted_by_name_and_not_opened() -> None:
    coded = base64.b64encode(b"%PDF").decode()
    body = body_of(
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSee the plan.\n"
        f"--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
        f"Content-Disposition: attachment; filename*=utf-8''Pl%C3%A4ne.pdf\n\n{coded}\n"
        "--b\nContent-Type: text/plain; name=notes.txt\n\nnotes\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text\n--b--\n"
    )
    assert (body.text, body.attachments) == ("See the plan.", ["Pläne.pdf", "notes.txt", "message/rfc822"])


def test_a_part_that_mailman_took_away_is_noted_without_its_dead_link() -> None:
    body = body_of(
        "From: a@b.example\n\nHello\n-------------- next part --------------\nA non-text attachment was scrubbed...\n"
        "Name: plan.pdf\nType: application/pdf\nSize: 10 bytes\nUrl : https://lista.example/attachments/1.bin\n"
    )
    assert (body.text, body.attachments) == ("Hello", ["plan.pdf"])


@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("base64", base64.b64encode("Grüße".encode()).decode()),
        ("base64", base64.b64encode("Grüße".encode()).decode().rstrip("=") + "\n-- \nfooter of a list"),
        ("quoted-printable", "Gr=C3=BC=C3=9Fe"),
        ("8bit", "Grüße"),
        ("odd", "Grüße"),
    ],
)
def test_transfer_codings_are_undone(coding: str, raw: str) -> None:
    body = body_of(f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {coding}\n\n{raw}")
    assert body.text.startswith("Grüße")


@pytest.mark.parametrize(
    "kind",
    ["multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed; boundary=missing", "multipart/", "/"],
)
def test_a_multipart_without_parts_keeps_its_text(kind: str) -> None:
    assert body_of(f"Content-Type: {kind}\n\nthe only words\n").text == "the only words"


def test_a_message_without_body_is_empty() -> None:
    assert body_of("From: a@b.example\nSubject: x\n").text == ""


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000))
BOMBS = {
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 16_000 + b"\n\nx",
    "nested comments": b"From: " + b"(" * 50_000 + b"\n\nx",
    "nested parts": NESTED + b"\n\nx",
    "many parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nX: y\n\nz\n" * 100_000,
    "many recipients": b"To: " + b"a@b.example, " * 20_000 + b"\n\nx",
    "many headers": b"X-A: b\n" * 200_000 + b"\nx",
    "one folded header": b"Subject: a\n" + b" b\n" * 200_000 + b"\nx",
    "many references": b"References: " + b"<a@b>" * 100_000 + b"\n\nx",
    "odd parameters": b"Content-Type: text/plain" + b"; a*0*=utf-8''x" * 20_000 + b"\n\nx",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_input_made_to_hurt_costs_little(bomb: str) -> None:
    tracemalloc.start()
    start = process_time()
    headers, raw = take_apart(BOMBS[bomb])
    headers.text("subject"), headers.text("from"), headers.text("references")
    read_body(headers, raw)
    spent, (_now, peak) = process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (
        spent < 2 * 3
    )  # reliability.md row 19 says 2 s; watching the memory costs up to three times as much
    assert peak < 256 * 1024 * 1024
