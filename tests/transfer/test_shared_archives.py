"""Archives that nobody here wrote: every message arrives, threads are right, and a second import changes nothing."""

import email
import gzip
import json
import re
from collections.abc import Iterator

import pytest

from hearth.communities.models import Community
from hearth.conversations.models import Post, Topic
from hearth.core.tenancy import tenant
from hearth.spaces.models import Space
from hearth.transfer.actions import Summary, import_posts
from hearth.transfer.addresses import address_hash
from hearth.transfer.archive import MailArchive
from hearth.transfer.discourse import DiscourseForum
from hearth.transfer.models import ImportedItem
from hearth.transfer.queries import placed_messages
from hearth.transfer.records import Oddity
from tests.transfer.archives import NOW, SHARED, needs_shared, surveyed
from tests.transfer.rows import row_hashes

pytestmark = needs_shared

R_LISTS = sorted((SHARED / "mail-lists" / "r-project-lists").glob("*.gz"))
URHO = sorted((SHARED / "forum" / "urho3d-discourse").glob("*.gz"))
MANY_KINDS = ("mail-lists/*/*", "mime/*/*", "bounces/*/*", "forum/*/*.json")


@pytest.fixture
def room(db: None) -> Iterator[Space]:
    """An empty space, its community's scope open."""
    community = Community.objects.create(slug="r", name="R", mark="R", country="AT", languages=["en"])
    with tenant(community):
        yield Space.objects.create(community=community, slug="list", name="List")


def raw_messages() -> list[bytes]:
    """The messages of the lists, cut in the plainest way: these files have a blank line before each From_ line."""
    cut = re.compile(rb"(?m)(?:\A|(?<=\n\n))From \S+ at .* \d{4}\n")
    return [raw for path in R_LISTS for raw in cut.split(gzip.decompress(path.read_bytes())) if raw.strip()]


def named_parents(raw: bytes) -> tuple[str, set[str]]:
    """The id of a message, and the ids that its headers name as its parent, by the standard library's lenient parser."""
    message = email.message_from_bytes(raw)
    references = re.findall(r"<[^<>\s]+>", str(message.get("references", "")))
    answered = re.match(r"<[^<>\s]+>", str(message.get("in-reply-to", "")).strip())
    own = str(message.get("message-id", "")).strip()
    return own, {*references[-1:], *([answered[0]] if answered else [])} - {own}


def bring_lists(room: Space) -> tuple[MailArchive, Summary]:
    archive = MailArchive(R_LISTS, NOW, address_hash, known=placed_messages("r"))
    archive.survey()
    summary = import_posts(
        by=None, records=archive.posts(), community=room.community, space=room, source="r", now=NOW
    )
    return archive, summary


def test_every_message_of_the_mailing_lists_arrives_once_with_its_parent(room: Space) -> None:
    raw = raw_messages()
    assert len(raw) == 3859
    archive, summary = bring_lists(room)
    assert archive.oddities.left_out == 0
    assert (summary.read, summary.made + summary.duplicates) == (3859, 3859)
    assert (Post.objects.count(), ImportedItem.objects.count()) == (summary.made, summary.made)
    assert sum(Topic.objects.values_list("post_count", flat=True)) == summary.made

    rows = Post.objects.only("message_id", "topic_id", "number", "reply_to")
    posts = {post.message_id: post for post in rows}
    at = {(post.topic_id, post.number): post.message_id for post in posts.values()}
    named = [(own, parents & posts.keys()) for own, parents in map(named_parents, raw) if own in posts]
    answers = [(own, parents) for own, parents in named if parents]
    kept = [own for own, parents in answers if at.get((posts[own].topic_id, posts[own].reply_to)) in parents]
    assert len(answers) > 2000
    assert len(kept) == len(answers)

    before = row_hashes()
    _archive, again = bring_lists(room)
    assert (again.made, again.already_there, again.duplicates) == (0, summary.made, summary.duplicates)
    assert row_hashes() == before


def bring_forum(room: Space) -> tuple[DiscourseForum, Summary]:
    forum = DiscourseForum(URHO, NOW, "https://forum.example")
    summary = import_posts(
        by=None, records=forum.posts(), community=room.community, space=room, source="urho", now=NOW
    )
    return forum, summary


def test_every_post_of_the_forum_arrives_once_with_its_parent(room: Space) -> None:
    forum, summary = bring_forum(room)
    assert forum.read == 18_855 == summary.made + summary.duplicates + forum.oddities.left_out
    assert (summary.made, summary.topics_made, forum.oddities.left_out) == (18_855, 2_506, 0)
    assert Post.objects.count() == 18_855

    wanted = {}
    for line in gzip.decompress(URHO[0].read_bytes()).splitlines():
        posts = json.loads(line)["post_stream"]["posts"]
        places = {post["post_number"]: place for place, post in enumerate(posts, 1)}
        for place, post in enumerate(posts, 1):
            wanted[f"post:{post['id']}"] = (place, places.get(post["reply_to_post_number"]))
    kept = ImportedItem.objects.values_list("source_id", "post__number", "post__reply_to")
    assert {source_id: (number, reply_to) for source_id, number, reply_to in kept} == wanted

    before = row_hashes()
    _forum, again = bring_forum(room)
    assert (again.made, again.already_there) == (0, 18_855)
    assert row_hashes() == before


def test_mail_of_every_kind_is_read_without_an_error() -> None:
    files = [path for kind in MANY_KINDS for path in sorted(SHARED.glob(kind))]
    assert len(files) > 1000
    for path in files:
        reader = DiscourseForum([path], NOW) if path.suffix == ".json" else surveyed([path])
        posts = list(reader.posts())
        assert len(posts) + reader.oddities.left_out == reader.read, path
        for post in posts:
            f"{post.source_id}{post.title}{post.author_name}{post.text}{post.html}{post.attachments}".encode()


def test_threads_of_raw_mail_are_found_by_headers() -> None:
    archive = surveyed(sorted((SHARED / "mail-lists" / "notmuch-lkml").glob("*")))
    assert (archive.read, archive.oddities.left_out) == (210, 0)
    assert archive.forest.report.share_kept == 1.0
    assert archive.oddities.counts[Oddity.NO_MESSAGE_ID] == 0
