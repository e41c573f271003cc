"""Who may keep what, who sees it, and who says what a picture shows."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from hearth.core.tenancy import tenant
from hearth.files import actions, folder, limits, policy, queries
from hearth.files.models import File
from tests.files import bombs
from tests.files.conftest import NOW, OWNER, READER, STRANGER


def answer_of(file: File) -> tuple[str, bool, bool]:
    file.refresh_from_db()
    return file.description, file.is_decoration, file.wants_description


def test_a_picture_without_an_answer_is_refused_and_a_text_is_not(store: Any) -> None:
    with pytest.raises(Invalid, match="what the picture shows"):
        store(bombs.picture(), is_decoration=False)
    assert answer_of(store(b"words", is_decoration=False)) == ("", False, False)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"description": " Four  people\nat tea "}, ("Four people at tea", False, False)),
        ({"is_decoration": True}, ("", True, False)),
        ({"wants_description": True, "is_decoration": False}, ("", False, True)),
        ({"description": "Tea", "is_decoration": True, "wants_description": True}, ("Tea", False, False)),
        ({"description": "a\u202eb\0c"}, ("abc", False, False)),
    ],
)
def test_a_picture_keeps_exactly_one_answer(
    store: Any, said: dict[str, Any], kept: tuple[str, bool, bool]
) -> None:
    assert answer_of(store(bombs.picture(), **said)) == kept


def test_the_database_refuses_a_picture_with_no_answer_or_two(store: Any) -> None:
    file = store(bombs.picture())
    for wrong in ({"is_decoration": False}, {"description": "and words"}, {"wants_description": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            File.objects.filter(pk=file.pk).update(**wrong)


def test_a_description_has_an_end(store: Any) -> None:
    with pytest.raises(Invalid, match="at most 500"):
        store(bombs.picture(), description="x" * 501)
    assert len(store(bombs.picture(), description="x" * 500).description) == 500


def test_a_file_keeps_whose_it_is_and_its_length(store: Any, community: Any) -> None:
    file = store(b"%PDF-1.7 words", "../Brief an Eva.doc")
    assert (file.owner_id, file.community_id, file.size, file.stored_at) == (OWNER.pk, community.pk, 14, NOW)
    assert (file.name, file.content_type, file.is_picture) == (
        "Brief an Eva.doc.pdf",
        "application/pdf",
        False,
    )


def test_a_member_may_fill_the_share_and_no_more(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBER_BYTES", 100)
    store(b"x" * 60)
    with pytest.raises(Invalid, match="megabytes"):
        store(b"x" * 60)
    assert queries.used(OWNER.pk) == (60, 1)
    store(b"x" * 40)
    assert store(b"y" * 60, owner_id=READER.pk).size == 60
    assert store(b"y" * 60, owner_id=None).size == 60


def test_a_member_may_have_only_so_many_files(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBER_FILES", 2)
    store(b"1")
    store(b"2")
    with pytest.raises(Invalid):
        store(b"3")
    assert queries.used(OWNER.pk) == (2, 2)


def test_a_prepared_file_is_there_before_its_row_and_an_abandoned_one_is_an_orphan(community: Any) -> None:
    prepared = actions.prepare(
        ContentFile(b"words"),
        community=community,
        owner_id=OWNER.pk,
        name="a.txt",
        said=actions.Answer(),
        now=NOW,
    )
    place = folder.path_of(community=community.public_id, digest=prepared.digest)
    assert (place.read_bytes(), prepared.pk, File.objects.count()) == (b"words", None, 0)
    long_after = datetime.now(UTC) + 2 * limits.LEFTOVER_KEPT
    assert queries.orphans(now=long_after) == [place]
    assert actions.keep(prepared).pk == File.objects.get().pk
    assert queries.orphans(now=long_after) == []


def test_files_come_only_so_often(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES_AN_HOUR", 2)
    store(b"1")
    store(b"2")
    with pytest.raises(TooMany):
        store(b"3")
    assert store(b"3", now=NOW + timedelta(hours=2)).size == 1


def test_recordings_lose_place_and_person_and_keep_the_sound(store: Any, stored_bytes: Any) -> None:
    for make, sound in (
        (bombs.m4a, b"sound" * 40),
        (bombs.mp3, b"\xff\xfb\x90\x64" + bytes(413)),
        (bombs.wav, b"\x80" * 8),
    ):
        assert bombs.SECRET in make()
        left = stored_bytes(store(make()))
        assert (bombs.SECRET in left, b"+53.3498" in left, sound in left) == (False, False, True)
        assert len(left) == len(make())
        # It is still the kind that it was.
        from hearth.files.kinds import kind_of

        assert kind_of(io.BytesIO(left), size=len(left), name="").content_type.startswith("audio/")


def tie(file: File, note: int) -> File:
    return actions.attach(file_id=file.pk, owner_id=OWNER.pk, subject_kind="note", subject_id=note)


def test_a_file_tied_to_nothing_is_seen_by_its_owner_alone(store: Any) -> None:
    file = store(b"words")
    assert policy.visible_file(OWNER, file.public_id) == file
    for other in (READER, None):
        with pytest.raises(NotFound):
            policy.visible_file(other, file.public_id)


def test_a_file_without_an_owner_is_not_everybodys(store: Any) -> None:
    file = store(b"words", owner_id=None)
    for reader in (OWNER, None):
        with pytest.raises(NotFound):
            policy.visible_file(reader, file.public_id)


def test_a_tied_file_is_seen_by_whoever_sees_its_subject(store: Any, notes: dict[int, set[int]]) -> None:
    file = tie(store(b"words"), 5)
    notes[5] = {READER.pk}
    assert policy.visible_file(READER, file.public_id) == file
    assert policy.visible_file(OWNER, file.public_id) == file
    for other in (STRANGER, None):
        with pytest.raises(NotFound):
            policy.visible_file(other, file.public_id)
    notes[5] = set()
    with pytest.raises(NotFound):
        policy.visible_file(READER, file.public_id)


def test_a_file_of_a_kind_that_nobody_knows_is_its_owners_alone(store: Any) -> None:
    file = actions.attach(file_id=store(b"x").pk, owner_id=OWNER.pk, subject_kind="gone", subject_id=1)
    assert policy.visible_file(OWNER, file.public_id) == file
    with pytest.raises(NotFound):
        policy.visible_file(READER, file.public_id)


def test_a_file_of_another_community_is_not_there(store: Any, notes: dict[int, set[int]]) -> None:
    file = tie(store(b"words"), 5)
    notes[5] = {READER.pk, OWNER.pk}
    south = Community.objects.create(slug="south", name="South", country="IE", mark="S")
    with tenant(south):
        for reader in (READER, OWNER):
            with pytest.raises(NotFound):
                policy.visible_file(reader, file.public_id)


def test_nobody_ties_anothers_file_to_a_note_of_their_own(store: Any, notes: dict[int, set[int]]) -> None:
    file = store(b"secret")
    notes[6] = {STRANGER.pk}
    with pytest.raises(NotFound):
        actions.attach(file_id=file.pk, owner_id=STRANGER.pk, subject_kind="note", subject_id=6)
    with pytest.raises(NotFound):
        policy.visible_file(STRANGER, file.public_id)


def test_a_file_is_tied_once(store: Any) -> None:
    file = tie(store(b"words"), 5)
    assert (file.subject_kind, file.subject_id) == ("note", 5)
    with pytest.raises(Conflict):
        tie(file, 6)
    file.refresh_from_db()
    assert file.subject_id == 5


@pytest.fixture
def waiting(store: Any, notes: dict[int, set[int]]) -> File:
    """A picture that waits for words, on a note that the reader sees."""
    notes[5] = {READER.pk}
    return tie(store(bombs.picture(), is_decoration=False, wants_description=True), 5)


def test_whoever_sees_a_waiting_picture_may_describe_it_once(waiting: File) -> None:
    late = File.objects.get(pk=waiting.pk)
    actions.describe(by=READER, file=waiting, description="Tea for four", now=NOW)
    assert answer_of(waiting) == ("Tea for four", False, False)
    assert (waiting.described_by_id, waiting.described_at) == (READER.pk, NOW)
    with pytest.raises(Conflict):
        actions.describe(by=STRANGER, file=late, description="Other words", now=NOW)
    with pytest.raises(NotAllowed):
        actions.describe(by=STRANGER, file=waiting, description="Other words", now=NOW)
    assert answer_of(waiting) == ("Tea for four", False, False)


def test_the_same_words_sent_twice_change_nothing(waiting: File) -> None:
    actions.describe(by=READER, file=waiting, description="Tea", now=NOW)
    waiting.refresh_from_db()
    actions.describe(by=READER, file=waiting, description="Tea", now=NOW + timedelta(minutes=1))
    waiting.refresh_from_db()
    assert waiting.described_at == NOW


def test_a_helper_gives_words_and_nothing_else(waiting: File) -> None:
    for said in ({}, {"is_decoration": True}, {"wants_description": True}, {"description": "  "}):
        with pytest.raises(Invalid):
            actions.describe(by=READER, file=waiting, now=NOW, **said)
    assert answer_of(waiting) == ("", False, True)


def test_the_owner_may_change_the_answer_at_any_time(waiting: File) -> None:
    actions.describe(by=READER, file=waiting, description="Tea", now=NOW)
    for said, kept in (
        ({"description": "Tea for four"}, ("Tea for four", False, False)),
        ({"is_decoration": True}, ("", True, False)),
        ({"wants_description": True}, ("", False, True)),
    ):
        waiting.refresh_from_db()
        actions.describe(by=OWNER, file=waiting, now=NOW, **said)
        assert answer_of(waiting) == kept


def test_only_pictures_are_described(store: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.describe(by=OWNER, file=store(b"words"), description="Words", now=NOW)


def test_requests_show_what_the_reader_may_see_of_others_the_oldest_first(
    store: Any, notes: dict[int, set[int]], django_assert_num_queries: Any
) -> None:
    def ask(note: int, minute: int, **said: Any) -> File:
        moment = NOW + timedelta(minutes=minute)
        return tie(store(bombs.picture(), is_decoration=False, now=moment, **said), note)

    notes.update({1: {READER.pk}, 2: {STRANGER.pk}})
    second, first = ask(1, 2, wants_description=True), ask(1, 1, wants_description=True)
    ask(2, 0, wants_description=True)
    ask(1, 0, description="has words")
    store(bombs.picture(), is_decoration=False, wants_description=True)
    assert policy.visible_requests(READER) == [first, second]
    assert policy.visible_requests(OWNER) == []
    with django_assert_num_queries(1):
        policy.visible_requests(READER)
    notes[2].add(READER.pk)
    with django_assert_num_queries(1):
        assert len(policy.visible_requests(READER)) == 3


def test_requests_end(store: Any, notes: dict[int, set[int]]) -> None:
    notes[1] = {READER.pk}
    content = ContentFile(bombs.picture()).read()
    first = tie(store(content, is_decoration=False, wants_description=True), 1)
    for _number in range(policy.REQUESTS_SHOWN + 3):
        first.pk, first.public_id = None, f"x{_number}"
        first.save(force_insert=True)
    assert len(policy.visible_requests(READER)) == policy.REQUESTS_SHOWN


def test_a_removed_file_is_gone_for_everybody(store: Any) -> None:
    file = store(b"words")
    actions.remove(file=file)
    with pytest.raises(NotFound):
        policy.visible_file(OWNER, file.public_id)
