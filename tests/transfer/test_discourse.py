"""Topics of a Discourse forum."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hearth.transfer import cooked
from hearth.transfer.discourse import DiscourseForum
from hearth.transfer.records import Oddity
from tests.transfer.archives import NOW


def post(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": 100 + number,
        "post_number": number,
        "post_type": 1,
        "username": "ana_h",
        "name": "Ana Horvat",
        "created_at": f"2024-05-06T09:00:{number:02}.123Z",
        "cooked": f"<p>Words of {number}</p>",
        "reply_to_post_number": None,
        "hidden": False,
        "deleted_at": None,
    } | changes


def topic(*posts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    stream = {"posts": list(posts), "stream": [each["id"] for each in posts]}
    return {"id": 7, "title": "Boat trip", "archetype": "regular", "post_stream": stream} | changes


def forum(folder: Path, *topics: object, site: str = "") -> DiscourseForum:
    path = folder / "forum.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in topics))
    return DiscourseForum([path], NOW, site=site)


def test_posts_keep_author_time_title_and_whom_they_answer(tmp_path: Path) -> None:
    found = forum(tmp_path, topic(post(1), post(2, username="Ben", name="", reply_to_post_number=1)))
    first, second = found.posts()
    assert (first.source_id, first.thread_key, first.parent_source_id) == ("post:101", "topic:7", None)
    assert (second.parent_source_id, second.author_key, second.author_name) == ("post:101", "user:ben", "Ben")
    assert (first.title, first.author_name, first.html) == ("Boat trip", "Ana Horvat", "<p>Words of 1</p>")
    assert first.written_at == datetime(2024, 5, 6, 9, 0, 1, 123000, tzinfo=UTC)
    assert (found.read, found.report.named, found.report.kept) == (2, 1, 1)


def test_what_was_deleted_or_private_is_counted_and_left_out(tmp_path: Path) -> None:
    found = forum(
        tmp_path,
        topic(post(1), post(2, deleted_at="2024-05-07"), post(3, user_deleted=True), post(4, post_type=4)),
        topic(post(5), id=8, archetype="private_message"),
    )
    assert [each.source_id for each in found.posts()] == ["post:101"]
    assert found.read == 5 == 1 + found.oddities.left_out
    assert found.oddities.counts[Oddity.PRIVATE_LEFT_OUT] == 2


def test_what_moderators_did_is_said_in_words(tmp_path: Path) -> None:
    found = forum(
        tmp_path, topic(post(1, post_type=3, action_code="closed.enabled", cooked=""), post(2, hidden=True))
    )
    closed, hidden = found.posts()
    assert closed.html == "<p><em>This topic was closed.</em></p>"
    assert hidden.html == "<p>Words of 2</p>"
    assert (found.oddities.counts[Oddity.MODERATOR_ACTION], found.oddities.counts[Oddity.HIDDEN]) == (1, 1)


def test_posts_that_the_file_lacks_are_counted(tmp_path: Path) -> None:
    whole = topic(post(1), post(5, reply_to_post_number=4))
    whole["post_stream"]["stream"] = [101, 102, 103, 105]
    found = forum(tmp_path, whole)
    assert [each.parent_source_id for each in found.posts()] == [None, None]
    assert found.oddities.counts[Oddity.POSTS_NOT_IN_FILE] == 2
    assert found.oddities.counts[Oddity.PARENT_MISSING] == 1


def test_lines_that_are_no_topic_are_counted_and_left_out(tmp_path: Path) -> None:
    odd: list[object] = [
        '{"broken',
        "[]",
        "null",
        {"id": 1},
        topic(id="x"),
        {"id": 1, "post_stream": {"posts": "x"}},
    ]
    found = forum(tmp_path, topic(post(1)), *odd)
    assert len(list(found.posts())) == 1
    assert found.oddities.counts[Oddity.UNREADABLE_LEFT_OUT] == len(odd)


def test_values_of_the_wrong_kind_do_no_harm(tmp_path: Path) -> None:
    names = [
        "id",
        "post_number",
        "username",
        "name",
        "created_at",
        "cooked",
        "reply_to_post_number",
        "action_code",
    ]
    posts = [
        post(number, **{name: value})
        for number, name in enumerate(names)
        for value in (None, [], {}, 3, "x\ud800\x00")
    ]
    found = forum(tmp_path, topic(*posts, title=["x"]))
    read = list(found.posts())
    assert len(read) == len(posts) == found.read
    for each in read:
        f"{each.html}{each.title}{each.author_name}{each.source_id}".encode()


def test_one_topic_laid_out_over_many_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "7.json"
    path.write_text(json.dumps(topic(post(1), post(2)), indent=2))
    assert len(list(DiscourseForum([path], NOW).posts())) == 2


def test_inner_links_are_completed_when_the_site_is_known(tmp_path: Path) -> None:
    linked = post(
        1, cooked='<a class="m" href="/u/ben?a=1&amp;b=2">@ben</a> <a href="https://x.example/y">y</a>'
    )
    (found,) = forum(tmp_path, topic(linked), site="https://forum.example").posts()
    assert found.html == (
        '<a class="m" href="https://forum.example/u/ben?a=1&amp;b=2">@ben</a> <a href="https://x.example/y">y</a>'
    )


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<p><img class="emoji" alt=":smile:" src="https://x.example/s.png"></p>', "<p>😄</p>"),
        ('<img class="emoji only-emoji" alt=":lighthouse:" src="https://x.example/s.png">', ":lighthouse:"),
        (
            '<img src="https://x.example/boat.jpg" alt="our%20boat">',
            '<a href="https://x.example/boat.jpg">our boat</a>',
        ),
        ('<img src="//x.example/boat.jpg">', '<a href="https://x.example/boat.jpg">Picture</a>'),
        ('<img src="/boat.jpg" alt="boat">', "boat"),
        ('<img src="https://x.example/a.png" class="avatar"> Ben:', " Ben:"),
        (
            '<a class="lightbox" href="https://x.example/big.jpg"><img src="https://x.example/small.jpg" alt="boat">'
            '<div class="meta"><svg></svg>1 MB</div></a>',
            '<a class="lightbox" href="https://x.example/big.jpg">boat</a>',
        ),
        (
            '<iframe src="https://video.example/1?a=1&amp;b=2" width="9"></iframe>',
            '<a href="https://video.example/1?a=1&amp;b=2">https://video.example/1?a=1&amp;b=2</a>',
        ),
        ('<iframe src="javascript:x()"></iframe>', ""),
    ],
)
def test_what_is_not_text_becomes_words_and_links(html: str, told: str) -> None:
    assert cooked.tell(html) == told
