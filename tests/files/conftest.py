"""A community, its files in a folder of its own, and a kind of subject whose readers a test decides."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from hearth.core import subjects
from hearth.core.tenancy import tenant

if TYPE_CHECKING:
    # Not at run time: this file is read before Django is ready.
    from hearth.communities.models import Community
    from hearth.files.models import File

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
OWNER = SimpleNamespace(pk=71)
READER = SimpleNamespace(pk=72)
STRANGER = SimpleNamespace(pk=73)


@pytest.fixture
def community(db: None, settings: Any, tmp_path: Path) -> Iterator["Community"]:
    """A community whose scope is open and whose files go to the test's own folder."""
    from hearth.communities.models import Community

    settings.MEDIA_ROOT = tmp_path / "files"
    # Each test has a community of its own under the same name.
    settings.COMMUNITY_MEMORY_SECONDS = 0
    made = Community.objects.create(slug="north", name="North", country="IE", languages=["en"], mark="N")
    with tenant(made):
        yield made


@pytest.fixture
def store(community: "Community") -> Any:
    """Store bytes as the owner, as decoration unless the test says more."""
    from hearth.files import actions

    def kept(content: bytes, name: str = "thing", **said: Any) -> "File":
        said = {"owner_id": OWNER.pk, "is_decoration": "description" not in said, "now": NOW, **said}
        return actions.store(ContentFile(content), community=community, name=name, **said)

    return kept


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> dict[int, set[int]]:
    """Make the kind `note` known: note -> ids of the members who may see it. Also a kind's way to its page."""
    readers: dict[int, set[int]] = {}
    note = subjects.Subject(
        kind="note",
        path=lambda pk: f"notes/{pk}/",
        visible=lambda member, pks: {
            pk for pk in pks if member is not None and member.pk in readers.get(pk, set())
        },
    )
    monkeypatch.setitem(subjects._SUBJECTS, "note", note)
    return readers


@pytest.fixture
def stored_bytes(community: "Community") -> Any:
    """What stands in the folder for a file."""
    from hearth.files import folder

    def content(file: "File", ending: str = "") -> bytes:
        return folder.path_of(community=community.public_id, digest=file.digest, ending=ending).read_bytes()

    return content
