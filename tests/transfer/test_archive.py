"""A whole mail archive: identities, dates, people, titles, and no message lost."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hearth.transfer.archive import MailArchive
from hearth.transfer.records import Oddity
from hearth.transfer.threads import Placed
from tests.transfer.archives import NOW, START, archive, letter, plain_hash, posts_by_number, surveyed


def with_header(raw: bytes, name: bytes, value: bytes | None) -> bytes:
    """The letter with another value of one header, or without it."""
    lines = raw.split(b"\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(name + b":"))
    lines[at : at + 1] = [] if value is None else [name + b": " + value]
    return b"\n".join(lines)


def test_a_small_list_becomes_threads_with_people_and_titles(tmp_path: Path) -> None:
    found = archive(
        tmp_path,
        [
            letter(1, subject="[lake] Boat trip"),
            letter(
                2,
                sender="ben at lista.example (Ben Marić)",
                subject="[lake] Re: Boat trip",
                in_reply_to="<1@lista.example>",
            ),
            letter(
                3,
                sender='"Ana Horvat" <ana@lista.example>',
                subject="RE: [lake] Boat trip",
                references="<1@lista.example>\n <2@lista.example>",
            ),
            letter(4, subject="[lake] [ANN] Summer party"),
        ],
    )
    posts = posts_by_number(found)
    assert {
        number: (post.title, post.thread_key, post.parent_source_id) for number, post in posts.items()
    } == {
        "1": ("Boat trip", "1@lista.example", None),
        "2": ("Boat trip", "1@lista.example", "1@lista.example"),
        "3": ("Boat trip", "1@lista.example", "2@lista.example"),
        "4": ("[ANN] Summer party", "4@lista.example", None),
    }
    assert posts["1"].author_key == posts["3"].author_key != posts["2"].author_key
    assert posts["2"].author_name == "Ben Marić"
    assert posts["2"].author_address_hash == plain_hash("ben@lista.example")
    assert posts["1"].written_at == START + timedelta(hours=1)


def test_no_field_of_a_record_holds_an_address(tmp_path: Path) -> None:
    found = archive(
        tmp_path,
        [letter(1, sender="ana@lista.example"), letter(2, sender='"ana@lista.example" <ana@lista.example>')],
    )
    for post in found.posts():
        assert "ana@" not in repr(post)
        assert post.author_name == "ana"


def test_the_same_message_twice_has_one_id_and_other_words_under_one_id_have_two(tmp_path: Path) -> None:
    same = letter(1, text="Hello")
    footer = letter(1, text="Hello\n" + "_" * 40 + "\nLake list\nhttps://lista.example/lake")
    other = letter(1, text="Quite another message")
    ids = [post.source_id for post in archive(tmp_path, [same, same, footer, other]).posts()]
    assert ids[:3] == ["1@lista.example"] * 3
    assert ids[3] != ids[0]
    assert ids == [post.source_id for post in archive(tmp_path, [same, same, footer, other]).posts()]


def test_a_message_without_id_gets_the_same_stand_in_each_time(tmp_path: Path) -> None:
    one = with_header(letter(1), b"Message-ID", None)
    two = with_header(letter(2), b"Message-ID", b"")
    first = [post.source_id for post in archive(tmp_path, [one, two]).posts()]
    again = [post.source_id for post in archive(tmp_path, [two, letter(9), one]).posts()]
    assert (again[:2], again[2]) == (first, "9@lista.example")
    assert first[0] != first[1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"Mon, 6 May 2024 12:00:00 +0200", datetime(2024, 5, 6, 10, tzinfo=UTC)),
        (b"Mon May  6 12:00:00 2024", datetime(2024, 5, 6, 12, tzinfo=UTC)),
        (b"2024-05-06 12:00:00", datetime(2024, 5, 6, 12, tzinfo=UTC)),
        (b"6 May 24 12:00 GMT", datetime(2024, 5, 6, 12, tzinfo=UTC)),
        (b"Mon, 6 May 2024 12:00:60 +0000", datetime(2024, 5, 6, 12, 0, 59, tzinfo=UTC)),
        (b"Mon, 6 May 2024 25:99:00 +0000", START + timedelta(hours=1)),
        (b"yesterday", START + timedelta(hours=1)),
        (b"Mon, 6 May 2094 12:00:00 +0000", START + timedelta(hours=1)),
        (b"Thu, 1 Jan 1970 00:00:00 +0000", START + timedelta(hours=1)),
        (b"Mon, 6 May 2024 12:00:00 +99999999", datetime(2024, 5, 6, 12, tzinfo=UTC)),
        (b"\xff\xfe", START + timedelta(hours=1)),
        (None, START + timedelta(hours=1)),
    ],
)
def test_the_date_is_read_or_taken_from_the_from_line(
    tmp_path: Path, value: bytes | None, expected: datetime
) -> None:
    found = archive(tmp_path, with_header(letter(1), b"Date", value))
    assert next(found.posts()).written_at == expected


def test_an_in_reply_to_in_words_names_no_message(tmp_path: Path) -> None:
    found = archive(
        tmp_path,
        [
            letter(1, in_reply_to="Ben Maric <ben@lista.example>'s message of Monday"),
            letter(2, in_reply_to="Your message of Monday <ben@lista.example>"),
            letter(3, in_reply_to='<1@lista.example> (message from Ana on "Mon, 6 May")'),
            letter(4, in_reply_to="<1 at lista.example>; from ana@lista.example on Mon"),
        ],
    )
    posts = posts_by_number(found)
    assert [posts[number].parent_source_id for number in "1234"] == [
        None,
        None,
        "1@lista.example",
        "1@lista.example",
    ]
    assert posts["1"].thread_key != posts["2"].thread_key


def test_people_behind_a_list_that_sends_in_its_own_name_stay_apart(tmp_path: Path) -> None:
    senders = [
        "Ana via Lake <lake@lista.example>",
        "Ben via Lake <lake@lista.example>",
        "Ana via Lake <lake@lista.example>",
    ]
    ana, ben, again = archive(
        tmp_path, [letter(n, sender=sender) for n, sender in enumerate(senders, 1)]
    ).posts()
    assert ana.author_key == again.author_key != ben.author_key
    assert (ana.author_name, ana.author_address_hash) == ("Ana", None)


def test_a_reply_address_tells_who_is_behind_the_list(tmp_path: Path) -> None:
    raw = [letter(1, sender="Ana via Lake <lake@lista.example>", reply_to="ana@lista.example"), letter(2)]
    one, two = archive(tmp_path, raw).posts()
    assert one.author_key == two.author_key


def test_months_read_one_after_the_other_give_the_threads_of_all_at_once(tmp_path: Path) -> None:
    draw = random.Random(5)
    letters, threads = [], list[list[int]]()
    for number in range(1, 301):
        thread = draw.choice(threads) if threads and draw.random() < 0.7 else []
        subject = f"Thing {thread[0]}" if thread else f"Thing {number}"
        headers = (
            {"in_reply_to": f"<{draw.choice(thread)}@lista.example>"}
            if thread and draw.random() < 0.8
            else {}
        )
        letters.append(letter(number, subject=("Re: " if thread else "") + subject, **headers))
        if not thread:
            threads.append(thread)
        thread.append(number)
    whole = {post.source_id: post.thread_key for post in archive(tmp_path, letters).posts()}
    placed: list[Placed] = []
    for start in (0, 100, 200):
        month = archive(tmp_path, letters[start : start + 100], known=placed)
        placed += [
            Placed(
                post.source_id,
                post.thread_key,
                post.written_at,
                post.subject_key,
                post.missing_parent,
                post.is_reply,
            )
            for post in month.posts()
        ]
    assert {each.source_id: each.thread_key for each in placed} == whole
    assert len(set(whole.values())) == len(threads)


def test_noise_of_every_kind_is_read_without_an_error(tmp_path: Path) -> None:
    draw = random.Random(11)
    source = b"".join(
        letter(n, subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=", references=f"<{n - 1}@lista.example>")
        for n in range(1, 30)
    )
    for round_ in range(150):
        raw = bytearray(source)
        for _change in range(60):
            at = draw.randrange(len(raw))
            raw[at : at + draw.randrange(3)] = draw.randbytes(draw.randrange(4))
        path = tmp_path / f"{round_}.mbox"
        path.write_bytes(raw)
        found = surveyed([path])
        assert len(list(found.posts())) + found.oddities.left_out == found.read


def test_a_file_that_is_no_mail_is_counted_and_left_out(tmp_path: Path) -> None:
    found = archive(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert (found.read, list(found.posts())) == (1, [])
    assert found.oddities.counts[Oddity.UNREADABLE_LEFT_OUT] == 1


def test_files_in_any_order_give_the_same_threads(tmp_path: Path) -> None:
    paths = []
    for part in range(4):
        paths.append(tmp_path / f"{part}.mbox")
        paths[-1].write_bytes(
            b"".join(
                letter(n, in_reply_to=f"<{max(1, n - 7)}@lista.example>")
                for n in range(part * 10 + 1, part * 10 + 11)
            )
        )
    forwards, backwards = surveyed(paths), surveyed(paths[::-1])
    assert {p.source_id: p.thread_key for p in forwards.posts()} == {
        p.source_id: p.thread_key for p in backwards.posts()
    }


def test_the_months_of_a_list_come_in_the_order_of_time(tmp_path: Path) -> None:
    paths = []
    for name, first in (("2024-b", 11), ("2024-a", 1)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(b"".join(letter(n) for n in range(first, first + 10)))
    times = [post.written_at for post in surveyed(paths).posts()]
    assert times == sorted(times)


def test_bytes_of_both_readings_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    path.write_bytes(b"".join(letter(n) for n in range(1, 50)))
    heard: list[int] = []
    found = MailArchive([path], NOW, plain_hash, on_bytes=heard.append)
    found.survey()
    assert len(list(found.posts())) == 49
    assert sum(heard) == 2 * path.stat().st_size


def test_a_mailbox_that_grows_meanwhile_gives_what_was_surveyed(tmp_path: Path) -> None:
    found = archive(tmp_path, [letter(1), letter(2)])
    with (tmp_path / "list.mbox").open("ab") as file:
        file.write(letter(3))
    assert [post.source_id for post in found.posts()] == ["1@lista.example", "2@lista.example"]


def test_ids_do_not_depend_on_the_order_in_which_files_are_named(tmp_path: Path) -> None:
    paths = [tmp_path / "a.mbox", tmp_path / "b.mbox"]
    for path in paths:
        path.write_bytes(letter(1, text=f"Words of {path.name}"))
    one, other = surveyed(paths), surveyed(paths[::-1])
    assert {post.text: post.source_id for post in one.posts()} == {
        post.text: post.source_id for post in other.posts()
    }
