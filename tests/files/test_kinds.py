"""What a file is, its content alone says; its name is cleaned and ends in what it is (ASVS 5.2.2, 5.3.2; rows 21 and 22)."""

import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.core.errors import Invalid
from hearth.files import containers, kinds, limits
from hearth.files.names import clean_name
from tests.files import bombs

W = "application/vnd.openxmlformats-officedocument."


def kind(content: bytes, name: str = "a.bin") -> str:
    return kinds.kind_of(io.BytesIO(content), size=len(content), name=name).content_type


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (bombs.picture("JPEG"), "page.html", "image/jpeg"),
        (bombs.picture("PNG"), "a.jpg", "image/png"),
        (bombs.picture("WEBP"), "a", "image/webp"),
        (bombs.gif_of(1), "a.exe", "image/gif"),
        (b"%PDF-1.7\n<html>", "a.html", "application/pdf"),
        ("Grüße aus Zürich".encode(), "brief.txt", "text/plain"),
        ("Grüße".encode("latin-1"), "brief", "text/plain"),
        ("Γεια σου".encode("utf-16"), "brief.txt", "text/plain"),
        (b"<3 thanks to all", "a.html", "text/plain"),
        (b"a;b\n1;2\n", "Liste.CSV", "text/csv"),
        (b"a;b\n1;2\n", "list.txt", "text/plain"),
        (bombs.open_document(), "a.zip", "application/vnd.oasis.opendocument.text"),
        (bombs.open_document("spreadsheet"), "a", "application/vnd.oasis.opendocument.spreadsheet"),
        (bombs.office(), "a.xlsx", W + "wordprocessingml.document"),
        (bombs.office("xl/workbook.xml"), "a.docx", W + "spreadsheetml.sheet"),
        (bombs.mp3(), "a.wav", "audio/mpeg"),
        (bombs.mp3(tagged=False), "a", "audio/mpeg"),
        (bombs.m4a(), "a", "audio/mp4"),
        (bombs.m4a(brand=b"mp42"), "a", "audio/mp4"),
        (bombs.wav(), "a", "audio/wav"),
        (bombs.webm(), "a", "audio/webm"),
        (bombs.ogg(), "a", "audio/ogg"),
    ],
)
def test_content_says_what_it_is_whatever_its_name(content: bytes, name: str, content_type: str) -> None:
    assert kind(content, name) == content_type


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<html><script>1</script>", "PDF or PNG"),
        (b" \n<!DOCTYPE html>", "PDF or PNG"),
        (bombs.svg_use_bomb(), "PDF or PNG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (bombs.m4a(handler=b"vide", brand=b"isom"), "Films"),
        (bombs.webm(b"V_VP9 A_OPUS"), "Films"),
        (bombs.ogg(b"\x80theora"), "Films"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
        (bombs.office("ppt/presentation.xml"), "Packed"),
        (bombs.office(extra="word/vbaProject.bin"), "macros"),
        (b"MZ\x90\0" + bytes(80), "Programs"),
        (b"\x7fELF" + bytes(80), "Programs"),
        (b"#!/bin/sh\nrm -rf /", "Programs"),
        (bytes(range(256)), "cannot be kept"),
        (b"\xff\xfb\x90\x64" + b"\0" * 10, "cannot be kept"),
        (b"ID3\x03\0\0\0\0\0\x05" + bytes(500), "cannot be kept"),
    ],
)
def test_what_is_not_taken_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        kind(content, "harmless.jpg")


def test_every_refusal_is_short() -> None:
    source = (
        kinds.__file__,
        limits.__file__.replace("limits", "actions"),
        limits.__file__.replace("limits", "pictures"),
    )
    said = [words for path in source for words in re.findall(r'_\(\s*"([^"]+)"', Path(path).read_text())]
    assert len(said) > 12
    assert [
        s for words in said for s in re.split(r"(?<=[.?])\s", words) if len(s.split()) > 15 or "!" in s
    ] == []


def test_a_packed_bomb_is_never_unpacked() -> None:
    content = bombs.office(zeros=200 * limits.MEGABYTE)
    assert len(content) < 400_000
    began = time.process_time()
    assert kind(content) == W + "wordprocessingml.document"
    assert time.process_time() - began < 0.1


def test_a_document_of_too_many_parts_is_refused() -> None:
    assert kind(bombs.archive_of(100)) == W + "wordprocessingml.document"
    with pytest.raises(Invalid, match="Packed"):
        kind(bombs.archive_of(limits.ARCHIVE_PARTS + 1))


def test_boxes_that_run_in_circles_or_never_end_are_left_after_a_while() -> None:
    endless = bombs.box(b"free", b"") * (limits.SOUND_BOXES + 50)
    assert len(list(containers.boxes(io.BytesIO(endless), 0, len(endless), inside=()))) == limits.SOUND_BOXES
    deep = b""
    for _level in range(3000):
        deep = bombs.box(b"moov", deep)
    assert (
        len(list(containers.boxes(io.BytesIO(deep), 0, len(deep), inside=(b"moov",)))) == limits.SOUND_BOXES
    )


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\0\0\0\x20ftypM4A ", b"ID3", b"OggS", b"\x1a\x45\xdf\xa3", b"PK\x05\x06"]
    ),
)
def test_any_bytes_get_a_kind_or_a_sentence(rest: bytes, start: bytes) -> None:
    try:
        said = kind(start + rest)
    except Invalid as refusal:
        said = refusal.reason
    assert said in kinds.KINDS or said.endswith(".")


def named(name: str, suffix: str = ".jpg") -> str:
    alike = (".jpg", ".jpeg") if suffix == ".jpg" else (suffix,)
    return clean_name(name, suffix=suffix, alike=alike, known=kinds.ENDINGS, otherwise="file")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Müller & Söhne.JPEG", "Müller & Söhne.JPEG"),
        ("Κυριακή στη θάλασσα.png", "Κυριακή στη θάλασσα.jpg"),
        ("صورة.jpg", "صورة.jpg"),
        ("照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini", "boot.ini.jpg"),
        ("C:\\Users\\Eva\\cat.jpg", "cat.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe.jpg"),
        ("a\u2066b\u200e\u061c.jpg", "ab.jpg"),
        ("line\r\nSet-Cookie: x=1.jpg", "line Set-Cookie- x=1.jpg"),
        ("nul\0l.jpg", "nul l.jpg"),
        ("invoice.pdf.exe", "invoice.pdf.exe.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("", "file.jpg"),
        ("....", "file.jpg"),
        ("a/", "file.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ('"><script>.jpg', "-script-.jpg"),
        ("نمی\u200cخواهم.jpg", "نمی\u200cخواهم.jpg"),
        ("\ud800x.jpg", "x.jpg"),
    ],
)
def test_a_name_keeps_its_alphabet_and_loses_what_does_harm(given_name: str, kept: str) -> None:
    assert named(given_name) == kept


def test_a_long_name_is_cut_before_its_ending_and_not_inside_a_letter() -> None:
    assert named("x" * 5000 + ".jpg") == "x" * 116 + ".jpg"
    stem = "x" * 115 + "q\u0323\u0307"
    assert named(stem + ".jpg") == "x" * 115 + ".jpg"


@given(st.text(max_size=200))
def test_any_name_is_one_plain_file_name(name: str) -> None:
    made = named(name)
    assert made.lower().endswith((".jpg", ".jpeg"))
    assert (len(made) <= limits.NAME_LETTERS, "/" in made, "\\" in made, made.startswith(".")) == (
        True,
        False,
        False,
        False,
    )
    assert named(made) == made
    made.encode()


def test_every_ending_belongs_to_one_kind_only() -> None:
    endings = [ending for one in kinds.KINDS.values() for ending in one.endings]
    assert len(endings) == len(set(endings))
