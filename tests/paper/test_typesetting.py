"""From data to a page: nothing that people write is a command, and nothing hangs or leaks."""

import logging
from io import BytesIO
from pathlib import Path

import pytest
import typst
from PIL import Image

from hearth.core.errors import Invalid, TooMany
from hearth.paper import limits, typesetting
from hearth.paper.qr import qr_svg
from tests.paper.conftest import Sets
from tests.paper.pdf import Pdf

NASTY = [
    "#panic()",
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "$a^2$ and $",
    "\\ \\u{41} \\#",
    "[x] ] [ { } ( )",
    "*bold* _thin_ `raw` ```raw",
    "= not a heading",
    "- not a list + 1. / term: x",
    "<label> @reference",
    "// no comment /* nor this */",
    "-- --- ... ~ -? 'quotes' \"double\"",
    "https://example.org/?a=1&b=2#c",
    "{{ template }} {% trans %} <b>html</b> &amp;",
    '","paper":{"rtl":true}',
]


@pytest.mark.parametrize("words", NASTY)
def test_what_looks_like_a_command_is_printed_as_it_is(words: str, sets: Sets) -> None:
    pdf = Pdf(sets("#par(data.words)\n- #data.words", title=words, words=words))
    assert pdf.problems() == []
    assert pdf.text() == f"{words} • {words}"
    assert str(pdf.file.docinfo["/Title"]) == words
    assert not any(element.tag in ("Link", "H1", "Strong", "Code") for element in pdf.elements())


def test_the_same_words_give_the_same_bytes(sets: Sets) -> None:
    assert sets("#data.words", words="Hello") == sets("#data.words", words="Hello")
    assert sets("#data.words", words="Hello") != sets("#data.words", words="Hallo")


def test_the_date_is_the_one_handed_in(sets: Sets) -> None:
    pdf = Pdf(sets("#data.words", words="x"))
    assert str(pdf.file.docinfo["/CreationDate"]) == "D:20261122120000Z"


@pytest.mark.parametrize(
    ("language", "rtl"), [("ar", True), ("he", True), ("fa", True), ("de-CH", False), ("xx", False)]
)
def test_the_direction_is_that_of_the_language(language: str, rtl: bool) -> None:
    assert typesetting.is_rtl(language) is rtl


def test_the_language_stands_in_the_document(sets: Sets) -> None:
    assert str(Pdf(sets("#data.words", language="de-CH", words="Grüezi")).root.Lang) == "de"


def test_a_document_without_tags_fails_our_checker(sets: Sets) -> None:
    plain = typst.compile(b"#set text(8pt)\nHello", format="pdf", pdf_tags=False)
    assert isinstance(plain, bytes)
    problems = Pdf(plain).problems()
    for found in (
        "no structure tree",
        "not marked as tagged",
        "no title",
        "PDF/UA-1",
        "smaller than 14 pt",
        "no element",
    ):
        assert any(found in problem for problem in problems), found


def test_a_picture_without_words_is_refused(sets: Sets, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Invalid), caplog.at_level(logging.CRITICAL):
        sets('#picture("dot")', pictures={"dot": dot()})
    assert Pdf(sets('#picture("dot", alt: "A dot")', pictures={"dot": dot()})).problems() == []


@pytest.mark.parametrize("damaged", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_picture_is_refused_kindly(damaged: bytes, sets: Sets) -> None:
    with pytest.raises(Invalid, match="could not be made"):
        sets('#picture("dot", alt: "A dot")', pictures={"dot": damaged})


def test_a_document_that_takes_too_long_is_ended(sets: Sets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    with pytest.raises(Invalid, match="could not be made"):
        sets(
            "#{ let n = 0; for a in range(9999) { for b in range(9999) { for c in range(9999) { n += c } } } }"
        )


def test_a_document_that_takes_too_much_memory_is_ended(sets: Sets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY_BYTES", 300 * 1024**2)
    with pytest.raises(Invalid, match="could not be made"):
        sets('#let much = "x" * 400000000\n#much.len()')


def test_words_too_long_for_any_document_are_refused(sets: Sets) -> None:
    with pytest.raises(Invalid, match="too long"):
        sets("#data.words", words="word " * 50_000)


def test_no_package_is_fetched_and_no_other_file_read(sets: Sets, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")
    for source in ('#import "@preview/cetz:0.4.0"', '#read("../secret.txt")', '#read("/../secret.txt")'):
        with pytest.raises(Invalid):
            sets(source)


def test_who_waits_too_long_for_a_turn_hears_so(sets: Sets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TURN_SECONDS", 0.01)
    for _each in range(limits.AT_ONCE):
        assert typesetting._turn.acquire(timeout=5)
    try:
        with pytest.raises(TooMany):
            sets("#data.words", words="x")
    finally:
        for _each in range(limits.AT_ONCE):
            typesetting._turn.release()


def test_a_page_may_be_a_picture(sets: Sets) -> None:
    image = Image.open(BytesIO(sets("#data.words", kind="png", words="x")))
    assert image.size == (1191, 1684)


def test_a_picture_of_two_pages_is_refused(sets: Sets) -> None:
    with pytest.raises(Invalid):
        sets("a #pagebreak() b", kind="png")


def test_a_qr_code_is_drawn_with_its_quiet_zone() -> None:
    drawn = qr_svg("https://example.org/c/ms/")
    assert b"<svg" in drawn and b"<script" not in drawn
    assert b'stroke="#000"' in drawn
    assert qr_svg("https://example.org/c/ms/") == drawn


def dot() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "#8C2F0B").save(out, "PNG")
    return out.getvalue()
