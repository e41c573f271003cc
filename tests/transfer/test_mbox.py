"""Where one message of an mbox file ends and the next begins."""

import gzip
from pathlib import Path

import pytest

from hearth.transfer import files, mbox
from hearth.transfer.records import Oddities, Oddity
from tests.transfer.archives import archive, letter


def contents(raw: bytes) -> list[bytes]:
    return [message.content for message in mbox.split([raw], "f", Oddities())]


@pytest.mark.parametrize(
    "line",
    [
        b"From ana@lista.example Mon May  6 09:00:00 2024",
        b"From ana at lista.example  Mon May  6 09:00:00 2024",
        b"From ana at \xe2\x80\x9clista.example\xe2\x80\x9d  Mon May  6 09:00:00 2024",
        b"From MAILER-DAEMON Mon May  6 09:00 2024",
        b"From - Mon May 06 09:00:00 2024",
        b"From 1234567890@xxx Mon May 06 09:00:00 +0000 2024",
        b"From ana@lista.example Mon May  6 09:00:00 CEST 2024",
        b"From ana@lista.example Mon, 6 May 2024 09:00:00 +0200",
    ],
)
def test_a_from_line_of_any_dialect_begins_a_message(line: bytes) -> None:
    raw = line + b"\nFrom: a@b.example\n\none\n\n" + line + b"\nSubject: x\nFrom: a@b.example\n\ntwo\n"
    assert contents(raw) == [b"From: a@b.example\n\none\n\n", b"Subject: x\nFrom: a@b.example\n\ntwo\n"]


@pytest.mark.parametrize(
    "line",
    [
        b"From what I hear, the meeting on Mon May  6 2024 was warm.\n\nFrom: there we went home.",
        b"From ana@lista.example Mon May  6 09:00:00 2024\nshe wrote this to me.",
        b"From ana@lista.example Mon May  6 09:00:00 2024\nNote: no header of a mail follows.\n",
        b">From now on: we meet at nine.",
    ],
)
def test_a_line_of_the_text_that_begins_with_from_does_not_cut(line: bytes) -> None:
    raw = letter(1, text="Dear all,\n\n" + line.decode() + "\n\nAna")
    assert len(contents(raw)) == 1


@pytest.mark.parametrize("size", [1, 7, 100, 5_000])
def test_messages_are_the_same_however_the_file_comes_in(size: int) -> None:
    texts = [
        "",
        "From me\n\nFrom: you",
        "\n\n \nFrom x Mon May  6 09:00:00 2024\nnot a header",
        "word " * 4_000,
    ]
    raw = b"".join(letter(number, text=text) for number, text in enumerate(texts * 2, 1))
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    found = [message.content for message in mbox.split(pieces, "f", Oddities())]
    assert found == contents(raw)
    assert len(found) == 8


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + (letter(1) + letter(2)).replace(b"\n", b"\r\n")
    posts = list(archive(tmp_path, raw).posts())
    assert [(post.source_id, post.text) for post in posts] == [
        ("1@lista.example", "Text of letter 1."),
        ("2@lista.example", "Text of letter 2."),
    ]


def test_a_line_that_might_be_a_cut_is_reported(tmp_path: Path) -> None:
    found = archive(
        tmp_path, letter(1, text="x\n\nFrom somebody without a date\nDate: today\nFrom: a@b.example")
    )
    assert found.read == 1
    assert found.oddities.counts[Oddity.MAYBE_TWO_MESSAGES] == 1


def test_escaped_from_lines_lose_one_mark(tmp_path: Path) -> None:
    found = archive(tmp_path, letter(1, text=">From here\n>>From there\n> From quoted"))
    assert next(found.posts()).text == "From here\n>From there\n> From quoted"


def test_a_file_without_from_line_is_one_message(tmp_path: Path) -> None:
    found = archive(tmp_path, b"From: ana@lista.example\nSubject: Alone\n\nFrom me.\n")
    assert [post.text for post in found.posts()] == ["From me."]


def test_a_gzipped_file_gives_the_same_lines_and_reports_all_bytes(tmp_path: Path) -> None:
    raw = b"".join(letter(number, text="word " * 20_000) for number in range(1, 12))
    plain, packed = tmp_path / "a.mbox", tmp_path / "b.mbox.gz"
    plain.write_bytes(raw)
    packed.write_bytes(gzip.compress(raw))
    heard: list[int] = []
    assert list(files.lines(packed, heard.append)) == list(files.lines(plain, heard.append))
    assert sum(heard) == plain.stat().st_size + packed.stat().st_size
    assert len(heard) > 4


def test_a_gzip_file_that_was_cut_off_gives_what_is_there(tmp_path: Path) -> None:
    raw = b"".join(letter(number) for number in range(1, 200))
    path = tmp_path / "cut.mbox.gz"
    path.write_bytes(gzip.compress(raw)[:-400])
    assert 1 < len(list(mbox.split(files.blocks(path), "cut", Oddities()))) <= 199


def test_an_empty_file_holds_no_message(tmp_path: Path) -> None:
    assert archive(tmp_path, b"\n\n").read == 0
