"""A Discourse forum, one `/t/ID.json` a line: topics whose posts name the number of the post that they answer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hearth.core.text import strip_controls
from hearth.transfer import cooked, files
from hearth.transfer.charsets import squeeze
from hearth.transfer.dates import read_date
from hearth.transfer.people import NameBook
from hearth.transfer.records import FoundBy, ImportedPost, Oddities, Oddity
from hearth.transfer.threads import ThreadReport

# Kinds of posts in Discourse's `post_type`: 2 is a moderator's ordinary post.
SMALL_ACTION, WHISPER = 3, 4
LONGEST_HTML = 400_000

Json = dict[str, Any]


@dataclass(slots=True)
class DiscourseForum:
    """Reads topics from files. `site` is the forum's address, to which its inner links are completed.

    Deleted posts and whispers among staff are counted and left out; so are private messages. Hidden posts keep the
    notice that stands in their place.
    """

    paths: Sequence[Path]
    now: datetime
    site: str = ""
    on_bytes: files.OnBytes | None = None
    oddities: Oddities = field(default_factory=Oddities)
    names: NameBook = field(default_factory=NameBook)
    report: ThreadReport = field(default_factory=ThreadReport)
    read: int = 0

    def posts(self) -> Iterator[ImportedPost]:
        """The posts of all topics, in the order of the files and of their numbers."""
        for path in self.paths:
            lines = files.lines(path, self.on_bytes)
            for number, line in enumerate(lines, 1):
                if number == 1 and not _parsed(line):
                    # One topic saved by hand from a browser that laid it out over many lines.
                    line = b"\n".join([line, *lines])
                if line.strip():
                    yield from self._read_topic(line, f"{path.name}, line {number}")

    def _read_topic(self, line: bytes, where: str) -> Iterator[ImportedPost]:
        topic = _parsed(line)
        stream = topic.get("post_stream")
        stream = stream if isinstance(stream, dict) else {}
        posts = [post for post in _list(stream.get("posts")) if isinstance(post, dict)]
        if not isinstance(topic.get("id"), int) or not posts:
            self.read += 1
            self.oddities.note(Oddity.UNREADABLE_LEFT_OUT, where)
            return
        self.read += len(posts)
        self.report.threads += 1
        if topic.get("archetype") == "private_message" or topic.get("deleted_at"):
            private = topic.get("archetype") == "private_message"
            oddity = Oddity.PRIVATE_LEFT_OUT if private else Oddity.DELETED_LEFT_OUT
            self.oddities.note(oddity, where, times=len(posts))
            return
        self._note_missing(stream, posts, where)
        by_number = {_number(post, "post_number"): post for post in posts}
        for post in sorted(posts, key=lambda post: (_number(post, "post_number"), _number(post, "id"))):
            record = self._read_post(topic, post, by_number, where)
            if record:
                yield record

    def _note_missing(self, stream: Json, posts: list[Json], where: str) -> None:
        listed = {number for number in _list(stream.get("stream")) if isinstance(number, int)}
        missing = len(listed - {_number(post, "id") for post in posts})
        if missing:
            self.oddities.note(Oddity.POSTS_NOT_IN_FILE, where, times=missing)

    def _read_post(
        self, topic: Json, post: Json, by_number: dict[int, Json], where: str
    ) -> ImportedPost | None:
        where = f"{where}, post {post.get('post_number')}"
        left_out = _left_out(post)
        if left_out:
            self.oddities.note(left_out, where)
            return None
        key = _author_key(post)
        name = squeeze(strip_controls(str(post.get("name") or post.get("username") or "")))[:100]
        self.names.note(key, name)
        html = self._html(post, where)
        if not html.strip():
            self.oddities.note(Oddity.NO_TEXT, where)
        return ImportedPost(
            source_id=_source_id(topic, post),
            thread_key=f"topic:{topic['id']}",
            parent_source_id=self._parent(topic, post, by_number, where),
            author_key=key,
            author_name=name,
            author_address_hash=None,
            title=squeeze(strip_controls(str(topic.get("title") or ""))),
            written_at=self._written_at(topic, post, where),
            html=html[:LONGEST_HTML],
        )

    def _html(self, post: Json, where: str) -> str:
        html = strip_controls(str(post.get("cooked") or ""))
        if post.get("hidden"):
            self.oddities.note(Oddity.HIDDEN, where)
        if post.get("post_type") == SMALL_ACTION:
            self.oddities.note(Oddity.MODERATOR_ACTION, where)
            said = small_action(str(post.get("action_code") or ""))
            html = f"<p><em>{escape(said)}</em></p>{html}"
        return cooked.tell(html, self.site)

    def _parent(self, topic: Json, post: Json, by_number: dict[int, Json], where: str) -> str | None:
        named = _number(post, "reply_to_post_number")
        parent = by_number.get(named) if named else None
        if parent is None:
            self.report.found_by[FoundBy.STARTS_THREAD] += 1
            if named:
                self.oddities.note(Oddity.PARENT_MISSING, where)
            return None
        self.report.named += 1
        self.report.kept += 1
        self.report.found_by[FoundBy.REPLY_NUMBER] += 1
        return _source_id(topic, parent)

    def _written_at(self, topic: Json, post: Json, where: str) -> datetime:
        stated = str(post.get("created_at") or "")
        found = read_iso(stated, self.now)
        if found:
            return found
        self.oddities.note(Oddity.BAD_DATE if stated else Oddity.NO_DATE, f"{where}: {stated}")
        return read_iso(str(topic.get("created_at") or ""), self.now) or datetime(1971, 1, 1, tzinfo=UTC)


def read_iso(text: str, now: datetime) -> datetime | None:
    """A moment in ISO 8601, or None if it is unreadable, very old or in the future."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return read_date(text, now=now)
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return read_date(aware.strftime("%d %b %Y %H:%M:%S %z"), now=now) and aware


def small_action(code: str) -> str:
    """What a moderator did to a topic, in words."""
    said = {
        "closed.enabled": _("This topic was closed."),
        "closed.disabled": _("This topic was opened again."),
        "autoclosed.enabled": _("This topic was closed after some time."),
        "archived.enabled": _("This topic was put into the archive."),
        "archived.disabled": _("This topic was taken out of the archive."),
        "pinned.enabled": _("This topic was pinned to the top."),
        "pinned_globally.enabled": _("This topic was pinned to the top."),
        "pinned.disabled": _("This topic was no longer pinned."),
        "pinned_globally.disabled": _("This topic was no longer pinned."),
        "visible.enabled": _("This topic was listed again."),
        "visible.disabled": _("This topic was no longer listed."),
        "split_topic": _("Posts were moved to another topic."),
    }
    return said.get(code) or _("A moderator changed this topic.")


def _parsed(line: bytes) -> Json:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _left_out(post: Json) -> Oddity | None:
    if post.get("deleted_at") or post.get("user_deleted"):
        return Oddity.DELETED_LEFT_OUT
    return Oddity.PRIVATE_LEFT_OUT if post.get("post_type") == WHISPER else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(post: Json, name: str) -> int:
    value = post.get(name)
    return value if isinstance(value, int) else 0


def _source_id(topic: Json, post: Json) -> str:
    number = _number(post, "id")
    return f"post:{number}" if number else f"topic:{topic['id']}/{_number(post, 'post_number')}"


def _author_key(post: Json) -> str:
    username = squeeze(strip_controls(str(post.get("username") or ""))).casefold()
    return f"user:{username or post.get('user_id') or ''}"[:120]
