"""What stands in the folder is whole, wherever the power goes (reliability.md, rows 8 and 31; ASVS 5.2.5, 5.3.2)."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile

from hearth.files import actions, folder, limits, queries
from hearth.files.errors import NoRoom
from hearth.files.models import File
from tests.files import bombs
from tests.files.conftest import NOW, OWNER

SOURCE = Path(folder.__file__).parents[2]
WRITER = """
import sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from hashlib import sha256
from hearth.files import folder
print("ready", flush=True)
number = 0
while True:
    number += 1
    content = str(number).encode() * 20000
    with folder.draft() as draft:
        folder.take_in([content], draft)
        folder.give_place(draft, community="c" * 20, digest=sha256(content).hexdigest())
"""


def test_a_file_stands_at_the_place_of_its_digest_and_only_for_us(
    store: Any, community: Any, stored_bytes: Any
) -> None:
    file = store(b"some words", "note.txt")
    place = folder.path_of(community=community.public_id, digest=file.digest)
    assert file.digest == sha256(b"some words").hexdigest()
    assert place.parts[-4:] == (community.public_id, file.digest[:2], file.digest[2:4], file.digest)
    assert place.stat().st_mode & 0o777 == 0o600
    assert stored_bytes(file) == b"some words"
    assert list(folder.leftovers()) == []


def test_killed_at_any_moment_it_leaves_only_whole_files(tmp_path: Path) -> None:
    kills, places = 12, set()
    for turn in range(kills):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": str(SOURCE)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.01 + 0.013 * turn)
        writer.kill()
        writer.wait()
        writer.stdout.close()
    for path in tmp_path.glob("c*/??/??/*"):
        assert sha256(path.read_bytes()).hexdigest() == path.name
        places.add(path)
    assert len(places) > 3


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """No file of this process may grow beyond this: the same answer (EFBIG) that a full disk or quota gives on writing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_honestly_keeps_nothing_and_heals_by_itself(store: Any, settings: Any) -> None:
    content = b"words " * 100_000
    with disk_of(200_000), pytest.raises(NoRoom, match="no room") as refusal:
        store(content, "long.txt")
    assert refusal.value.status == 507
    assert (File.objects.count(), [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]) == (0, [])
    assert store(content, "long.txt").size == 600_000


def test_a_disk_that_fills_up_inside_the_decoder_is_said_as_such(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DECODER_OUTPUT_BYTES", 1000)
    with pytest.raises(NoRoom):
        store(bombs.picture("JPEG", (900, 600)))


def test_a_link_in_the_folder_is_not_followed(store: Any, community: Any, tmp_path: Path) -> None:
    file = store(b"words")
    place = folder.path_of(community=community.public_id, digest=file.digest)
    secret = tmp_path / "secret"
    secret.write_text("key")
    place.unlink()
    place.symlink_to(secret)
    with pytest.raises(OSError, match=r"symbolic|Too many levels"):
        folder.open_stored(community=community.public_id, digest=file.digest)
    # And bringing the file again puts a file there, not something at the link's end.
    store(b"words")
    assert (place.is_symlink(), secret.read_text()) == (False, "key")


def test_the_same_file_brought_by_many_at_once_is_stored_once_and_whole(community: Any) -> None:
    content = os.urandom(400_000)
    digest = sha256(content).hexdigest()
    errors: list[BaseException] = []

    def bring() -> None:
        try:
            for _turn in range(10):
                with folder.draft() as draft:
                    folder.take_in([content], draft)
                    folder.give_place(draft, community=community.public_id, digest=digest)
                with folder.open_stored(community=community.public_id, digest=digest) as file:
                    assert file.read() == content
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=bring) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [len(paths) for _community, paths in folder.places()] == [1]


def test_two_members_with_the_same_file_have_two_rows_and_one_stored_file(store: Any) -> None:
    first, second = store(b"same", "a.txt"), store(b"same", "b.txt", owner_id=OWNER.pk + 1)
    assert (first.digest, first.pk == second.pk) == (second.digest, False)
    assert [len(paths) for _community, paths in folder.places()] == [1]


def old(path: Path, by: timedelta = limits.LEFTOVER_KEPT * 2) -> Path:
    moment = (datetime.now(UTC) - by).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_stored_files_without_a_row_are_found_and_cleared_and_no_others(
    store: Any, community: Any, settings: Any
) -> None:
    now = datetime.now(UTC)
    kept, lost = store(bombs.picture(size=(50, 50))), store(bombs.picture(size=(70, 70)))
    young = store(b"young")
    File.objects.filter(pk__in=[lost.pk, young.pk]).delete()
    draft = folder._incoming() / "left-by-a-crash"
    draft.write_bytes(b"half")
    for _community, paths in folder.places():
        for path in paths:
            if not path.name.startswith(young.digest):
                old(path)
    old(draft)
    gone = {path.name for path in queries.orphans(now=now)}
    assert gone == {lost.digest, lost.digest + folder.THUMBNAIL, "left-by-a-crash"}
    assert actions.clear_orphans(now=now) == 3
    left = {path.name for _community, paths in folder.places() for path in paths}
    assert left == {kept.digest, kept.digest + folder.THUMBNAIL, young.digest}
    assert (queries.orphans(now=now), list(folder.leftovers())) == ([], [])


def test_a_file_brought_again_while_it_is_being_cleared_stays(
    store: Any, community: Any, stored_bytes: Any
) -> None:
    now = datetime.now(UTC)
    file = store(b"words")
    place = old(folder.path_of(community=community.public_id, digest=file.digest))
    # The list of orphans was made before the row came back, or before the file did.
    assert actions._clear(place, now) is False
    assert stored_bytes(file) == b"words"
    File.objects.all().delete()
    os.utime(place)
    assert actions._clear(place, now) is False
    assert place.read_bytes() == b"words"
    old(place)
    assert actions._clear(place, now) is True
    assert place.exists() is False


def test_a_row_whose_file_was_taken_away_is_found(store: Any, community: Any) -> None:
    store(b"kept")
    lost = store(b"lost")
    folder.path_of(community=community.public_id, digest=lost.digest).unlink()
    assert [file.pk for file in queries.missing()] == [lost.pk]


def test_files_that_belong_to_nothing_go_after_a_month_and_others_stay(store: Any, community: Any) -> None:
    from hearth.members.models import Member

    later = NOW + limits.UNATTACHED_KEPT + timedelta(hours=1)
    abandoned, pointed_to, tied, fresh = (store(word) for word in (b"a", b"b", b"c", b"d"))
    Member.objects.create(community=community, name="Eva", photo=pointed_to, joined_at=NOW)
    actions.attach(file_id=tied.pk, owner_id=OWNER.pk, subject_kind="note", subject_id=1)
    File.objects.filter(pk=fresh.pk).update(stored_at=later)
    actions.clear_orphans(now=later)
    assert set(File.objects.values_list("pk", flat=True)) == {pointed_to.pk, tied.pk, fresh.pk}
    assert File.objects.filter(pk=abandoned.pk).exists() is False


def test_what_arrives_is_cut_one_byte_after_the_limit(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path

    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(limits.MEGABYTE)

    with folder.draft() as draft:
        assert folder.take_in(endless(), draft) == limits.FILE_BYTES + 1
        assert draft.size == limits.FILE_BYTES + 1


def test_a_claimed_size_counts_for_nothing(store: Any, community: Any) -> None:
    class Liar(ContentFile):
        size = 10

    from hearth.core.errors import Invalid

    upload = Liar(b"x" * (limits.FILE_BYTES + 1))
    with pytest.raises(Invalid, match="10 megabytes"):
        actions.store(upload, community=community, owner_id=1, name="a.txt", now=NOW)
    assert store(b"x" * limits.FILE_BYTES, "a.txt").size == limits.FILE_BYTES
