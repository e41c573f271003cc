"""Payloads of cross-site scripting that come with an archive: none of them reaches a page."""

import json
from html.parser import HTMLParser
from pathlib import Path

from hearth.transfer import cooked
from hearth.transfer.rendering import render
from tests.transfer.archives import SHARED, archive, letter, needs_shared

HARMLESS = {"href", "rel", "lang", "dir", "start", "value", "colspan", "rowspan", "scope"}
WEB = ("http://", "https://", "mailto:")


class Danger(HTMLParser):
    """Finds what could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "math",
            "img",
            "base",
            "meta",
            "link",
            "form",
        }:
            self.found.append(tag)
        for name, value in attrs:
            if name not in HARMLESS or (name == "href" and not (value or "").startswith(WEB)):
                self.found.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    parser = Danger()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        # The parser of the standard library gives up on some payloads; on clean HTML it never does.
        return ["unreadable"]
    return parser.found


@needs_shared
def test_no_payload_survives_the_way_through_an_archive(tmp_path: Path) -> None:
    payloads = [
        each["payload"] for each in json.loads((SHARED / "attacks" / "xss-payloads.json").read_text())
    ]
    assert sum(bool(dangers(payload)) for payload in payloads) > 1_000, (
        "the check itself finds what is dangerous"
    )
    letters = [
        letter(
            number,
            text=payload,
            subject="".join(payload.split("\n"))[:200],
            content_type="text/html; charset=utf-8",
        )
        for number, payload in enumerate(payloads, 1)
    ] + [letter(number, text=payload) for number, payload in enumerate(payloads, len(payloads) + 1)]
    found = archive(tmp_path, letters)
    posts = list(found.posts())
    assert len(posts) == found.read >= 2 * len(payloads)
    assert [post.source_id for post in posts if dangers(render(post).html)] == []


@needs_shared
def test_no_payload_survives_the_way_through_a_forum(tmp_path: Path) -> None:
    payloads = [
        each["payload"] for each in json.loads((SHARED / "attacks" / "xss-payloads.json").read_text())
    ]
    (post,) = archive(tmp_path, letter(1)).posts()
    lost = []
    for payload in payloads:
        words = {"html": cooked.tell(payload, "https://forum.example"), "text": "", "attachments": (payload,)}
        fields = {name: getattr(post, name) for name in post.__dataclass_fields__} | words
        if dangers(render(type(post)(**fields)).html):
            lost.append(payload)
    assert lost == []
