"""Bringing an archive into a space: once, again, in parts, after a stop; guests and their claims."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hearth.accounts.enums import ContactKind
from hearth.accounts.models import Account, ContactPoint
from hearth.channels.models import Delivery
from hearth.communities.models import Community
from hearth.conversations import queries as conversations
from hearth.conversations.actions import answer
from hearth.conversations.enums import Via
from hearth.conversations.models import Follow, Post, Topic
from hearth.core.errors import Conflict, NotAllowed
from hearth.core.tenancy import tenant
from hearth.happenings.models import Happening
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.members.queries import people
from hearth.spaces.models import Space
from hearth.transfer import policy
from hearth.transfer.actions import Summary, claim_guest, import_posts
from hearth.transfer.actions import imports as importing
from hearth.transfer.addresses import address_hash
from hearth.transfer.archive import MailArchive
from hearth.transfer.models import GuestAuthor, ImportedItem
from hearth.transfer.queries import placed_messages
from hearth.transfer.records import ImportedPost
from tests.transfer.archives import NOW, START, letter
from tests.transfer.rows import row_hashes

pytestmark = pytest.mark.django_db

SOURCE = "mbox/lake"
ANA, BEN = "ana at lista.example (Ana Horvat)", "ben at lista.example (Ben Marić)"


@pytest.fixture
def lake() -> Iterator[Space]:
    """A space of one community, whose scope is open; a second community has a space with the same path."""
    for slug in ("other", "lake"):
        community = Community.objects.create(
            slug=slug, name=slug.title(), mark="L", country="HR", languages=["en"]
        )
        with tenant(community):
            space = Space.objects.create(community=community, slug="list", name="The list")
    with tenant(space.community):
        yield space


def member(space: Space, name: str = "Steward", **changes: Any) -> Member:
    return Member.objects.create(community=space.community, name=name, joined_at=START, **changes)


def read(folder: Path, *letters: bytes, source: str = SOURCE) -> MailArchive:
    path = folder / "list.mbox"
    path.write_bytes(b"".join(letters))
    archive = MailArchive([path], NOW, address_hash, known=placed_messages(source))
    archive.survey()
    return archive


def bring(space: Space, posts: Any, **changes: Any) -> Summary:
    options: dict[str, Any] = {"by": None, "now": NOW, "source": SOURCE} | changes
    return import_posts(records=posts, community=space.community, space=space, **options)


def three() -> list[bytes]:
    return [
        letter(1, sender=ANA, subject="Boat trip", text="Who comes along?\n\n> quoted line"),
        letter(2, sender=BEN, subject="Re: Boat trip", text="I do.", in_reply_to="<1@lista.example>"),
        letter(3, sender=ANA, subject="Party"),
    ]


def test_letters_become_topics_and_posts_by_guests(lake: Space, tmp_path: Path) -> None:
    summary = bring(lake, read(tmp_path, *three()).posts())
    assert summary == Summary(read=3, made=3, topics_made=2, guests_made=2)
    boat, party = Topic.objects.order_by("started_at")
    assert (boat.title, boat.post_count, boat.author.name, boat.last_author.name) == (
        "Boat trip",
        2,
        "Ana Horvat",
        "Ben Marić",
    )
    assert (boat.started_at, boat.last_post_at) == (START + timedelta(hours=1), START + timedelta(hours=2))
    assert (party.title, party.post_count) == ("Party", 1)
    first, second = Post.objects.filter(topic=boat).order_by("number")
    assert (first.number, first.via, first.message_id, first.lang) == (
        1,
        Via.IMPORT,
        "<1@lista.example>",
        "en",
    )
    assert first.body_html == "<p>Who comes along?</p><blockquote><p>quoted line</p></blockquote>"
    assert (second.number, second.reply_to, second.body_text) == (2, 1, "I do.")
    lake.refresh_from_db()
    assert lake.topic_count == 2


def test_authors_are_guests_without_account_and_without_address(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    guests = Member.objects.filter(standing=Standing.GUEST)
    assert sorted(guests.values_list("name", "account")) == [("Ana Horvat", None), ("Ben Marić", None)]
    assert list(people()) == []
    assert GuestAuthor.objects.get(member__name="Ana Horvat").address_hash == address_hash(
        "ana@lista.example"
    )


def test_a_second_import_changes_no_row(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    before = row_hashes()
    summary = bring(lake, read(tmp_path, *three()).posts(), now=NOW + timedelta(days=1))
    assert summary == Summary(read=3, already_there=3)
    assert row_hashes() == before


def test_copies_in_one_file_are_counted_and_made_once(lake: Space, tmp_path: Path) -> None:
    summary = bring(lake, read(tmp_path, *three(), *three()).posts())
    assert (summary.read, summary.made, summary.duplicates) == (6, 3, 3)
    assert Post.objects.count() == 3


def test_a_dry_run_counts_the_same_and_writes_nothing(lake: Space, tmp_path: Path) -> None:
    before = row_hashes()
    dry = bring(lake, read(tmp_path, *three()).posts(), dry_run=True)
    assert row_hashes() == before
    assert dry == bring(lake, read(tmp_path, *three()).posts())


def test_a_newer_month_goes_on_with_the_threads_of_the_older(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    newer = [
        letter(
            30,
            sender="cil at lista.example (Cilla)",
            subject="Re: Boat trip",
            in_reply_to="<2@lista.example>",
        ),
        letter(31, sender=BEN, subject="Re: Party"),
        letter(32, sender=ANA, subject="Winter"),
    ]
    summary = bring(lake, read(tmp_path, *newer).posts())
    assert summary == Summary(read=3, made=3, topics_made=1, topics_continued=2, guests_made=1)
    assert sorted(Topic.objects.values_list("title", "post_count")) == [
        ("Boat trip", 3),
        ("Party", 2),
        ("Winter", 1),
    ]
    boat = Topic.objects.get(title="Boat trip")
    assert boat.last_author is not None
    assert (boat.last_author.name, boat.last_post_at) == ("Cilla", START + timedelta(hours=30))
    assert list(Post.objects.filter(topic=boat).order_by("number").values_list("number", "reply_to")) == [
        (1, None),
        (2, 1),
        (3, 2),
    ]


def test_months_brought_one_by_one_give_the_topics_of_all_at_once(lake: Space, tmp_path: Path) -> None:
    letters = [
        letter(
            n,
            subject=f"Re: Thing {n % 7}" if n > 7 else f"Thing {n % 7}",
            **({"in_reply_to": f"<{n - 7}@lista.example>"} if n > 7 and n % 3 else {}),
        )
        for n in range(1, 60)
    ]
    bring(lake, read(tmp_path, *letters, source="whole").posts(), source="whole")
    whole = sorted(Topic.objects.values_list("title", "post_count", "last_post_at"))
    Topic.objects.all().delete()
    for start in range(0, 60, 20):
        bring(lake, read(tmp_path, *letters[start : start + 20]).posts())
    assert sorted(Topic.objects.values_list("title", "post_count", "last_post_at")) == whole
    assert len(whole) == 7


def test_after_a_stop_the_same_call_goes_on_where_it_ended(
    lake: Space, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    letters = [
        letter(n, subject=f"Thing {n % 4}", in_reply_to=f"<{max(1, n - 4)}@lista.example>")
        for n in range(1, 46)
    ]

    def broken(posts: Iterator[ImportedPost]) -> Iterator[ImportedPost]:
        for number, post in enumerate(posts):
            if number == 27:
                raise KeyboardInterrupt
            yield post

    with pytest.raises(KeyboardInterrupt):
        bring(lake, broken(read(tmp_path, *letters).posts()))
    assert Post.objects.count() == 20
    summary = bring(lake, read(tmp_path, *letters).posts())
    assert (summary.made, summary.already_there) == (25, 20)
    assert Post.objects.count() == ImportedItem.objects.count() == 45
    for topic in Topic.objects.all():
        numbers = Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, topic.post_count + 1))


def test_live_answers_and_a_later_import_share_a_topic(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    boat = Topic.objects.get(title="Boat trip")
    answer(by=member(lake, "Vera"), topic=boat, text="Is there room?", now=NOW)
    bring(
        lake,
        read(
            tmp_path, letter(9, sender=BEN, subject="Re: Boat trip", in_reply_to="<2@lista.example>")
        ).posts(),
    )
    boat.refresh_from_db()
    assert boat.last_author is not None
    assert (boat.post_count, boat.last_author.name, boat.last_post_at) == (4, "Vera", NOW)


def test_nobody_is_told_and_one_happening_is_recorded(
    lake: Space, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        bring(lake, read(tmp_path, *three()).posts(), by=member(lake, is_steward=True))
    assert callbacks == []
    assert (Delivery.objects.count(), Follow.objects.count()) == (0, 0)
    happening = Happening.objects.get()
    assert (happening.kind, happening.subject_id, happening.data["posts"]) == ("archive_imported", lake.pk, 3)


def test_a_post_that_was_deleted_since_stays_deleted(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    Post.objects.filter(number=2).delete()
    assert bring(lake, read(tmp_path, *three()).posts()).made == 0
    assert Post.objects.count() == 2


def test_a_person_who_was_erased_is_not_named_again(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    Member.objects.filter(name="Ana Horvat").delete()
    bring(lake, read(tmp_path, letter(9, sender=ANA, subject="Again")).posts())
    assert Post.objects.get(message_id="<9@lista.example>").author is None
    assert not Member.objects.filter(name="Ana Horvat").exists()


def test_the_same_archive_in_another_community_is_its_own(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    other = Community.objects.get(slug="other")
    with tenant(other):
        summary = bring(Space.objects.get(), read(tmp_path, *three()).posts())
        assert (summary.made, Post.objects.count()) == (3, 3)
    assert Post.objects.count() == 3


def test_members_who_are_no_stewards_cannot_import(lake: Space, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        bring(lake, read(tmp_path, *three()).posts(), by=member(lake))
    assert Post.objects.count() == 0


def test_two_imports_of_one_archive_at_a_time_are_a_conflict(
    lake: Space, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    # What the other import has committed in between is not seen by the look before: only the unique key stops it.
    monkeypatch.setattr(importing._Run, "_items", lambda _run, _ids: ImportedItem.objects.none())
    with pytest.raises(Conflict):
        bring(lake, read(tmp_path, *three()).posts())
    assert Post.objects.count() == 3


def test_bodies_are_clean_and_attachments_and_empty_letters_say_so(lake: Space) -> None:
    def record(name: str, **changes: Any) -> ImportedPost:
        fields: dict[str, Any] = {
            "source_id": name, "thread_key": name, "parent_source_id": None, "author_key": "user:x", "author_name": "",
            "author_address_hash": None, "title": "", "written_at": START,
        }  # fmt: skip
        return ImportedPost(**(fields | changes))

    bring(
        lake,
        [
            record("a", html="<p onclick='x()'>Hi <script>alert(1)</script><b>there</b></p>"),
            record("b", text="See it", attachments=("plan <1>.pdf", "map.png")),
            record("c", title="Only a subject"),
        ],
    )
    bodies = dict(Post.objects.values_list("topic__title", "body_html"))
    assert bodies == {
        "Hi there": "<p>Hi <b>there</b></p>",
        "See it Attached to the original: plan <1>.pdf, map.png": "<p>See it</p><p>Attached to the original: plan &lt;1&gt;.pdf, map.png</p>",
        "Only a subject": "<p><em>This message had no text.</em></p>",
    }


def test_imported_topics_can_be_read_as_pages(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    reader = member(lake, "Vera")
    listed = conversations.topics_in(Space.objects.get(pk=lake.pk), member=reader, page=1)
    titles = [topic.title for topic in listed.object_list]
    assert titles == ["Party", "Boat trip"]


def claimant(space: Space, address: str, *, proved: bool = True) -> Member:
    account = Account.objects.create(email=address, name="Ana", joined_at=START)
    ContactPoint.objects.create(
        account=account, kind=ContactKind.EMAIL, value=address, verified_at=START if proved else None
    )
    return member(space, "Ana H.", account=account)


def test_a_member_who_proves_the_address_gets_the_posts(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    ana = claimant(lake, "ana@lista.example")
    guest = policy.claimable_authors(ana).get().member
    assert guest is not None
    assert claim_guest(by=ana, member=guest, now=NOW) == 2
    assert set(Post.objects.filter(author=ana).values_list("topic__title", flat=True)) == {
        "Boat trip",
        "Party",
    }
    assert Topic.objects.filter(author=ana).count() == 2
    assert Topic.objects.get(title="Party").last_author == ana
    assert Member.objects.filter(standing=Standing.GUEST).count() == 1
    assert Happening.objects.get(kind="guest_claimed").data["posts"] == 2


def test_after_a_claim_later_imports_name_the_member(lake: Space, tmp_path: Path) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    ana = claimant(lake, "ana@lista.example")
    claim_guest(by=ana, member=Member.objects.get(name="Ana Horvat"), now=NOW)
    bring(lake, read(tmp_path, letter(9, sender=ANA, subject="Again")).posts())
    assert Post.objects.get(message_id="<9@lista.example>").author == ana


@pytest.mark.parametrize(("address", "proved"), [("ben@lista.example", True), ("ana@lista.example", False)])
def test_nobody_gets_the_posts_without_proving_the_address(
    lake: Space, tmp_path: Path, address: str, proved: bool
) -> None:
    bring(lake, read(tmp_path, *three()).posts())
    guest = Member.objects.get(name="Ana Horvat")
    with pytest.raises(NotAllowed):
        claim_guest(by=claimant(lake, address, proved=proved), member=guest, now=NOW)
    assert Post.objects.filter(author=guest).count() == 2
