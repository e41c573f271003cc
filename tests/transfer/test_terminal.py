"""`hearth import …` at the command line: what it says, with which status it leaves."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hearth.communities.models import Community
from hearth.config.cli.imports import app
from hearth.conversations.models import Post
from hearth.core.tenancy import tenant
from hearth.spaces.models import Space
from tests.transfer.archives import letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(settings: object) -> Iterator[Community]:
    """A community with a space, whose scope is open."""
    settings.COMMUNITY_MEMORY_SECONDS = 0  # type: ignore[attr-defined]  # a slug of an earlier test is another row
    community = Community.objects.create(slug="lake", name="Lake", mark="L", country="HR", languages=["de"])
    with tenant(community):
        Space.objects.create(community=community, slug="list", name="The list")
        yield community


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def into(community: str = "lake", space: str = "list") -> tuple[str, ...]:
    return ("--community", community, "--space", space)


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "list.mbox"
    path.write_bytes(
        letter(1) + letter(2, in_reply_to="<1@lista.example>") + letter(2, in_reply_to="<1@lista.example>")
    )
    return path


def words_of(result: Result) -> str:
    return " ".join(result.output.split())


def test_an_mbox_import_says_what_it_did(lake: Community, mbox: Path) -> None:
    result = run("mbox", mbox, *into())
    assert result.exit_code == 0
    said = words_of(result)
    assert "Read 3 messages in 1 thread" in said
    assert "New 2 posts made, in 1 new topic" in said
    assert "Counted twice 1 copy" in said
    assert "100.0% (1 of 1) of the parents" in said
    assert sorted(Post.objects.values_list("number", "lang")) == [(1, "de"), (2, "de")]


def test_a_dry_run_says_so_and_makes_nothing(lake: Community, mbox: Path) -> None:
    result = run("mbox", mbox, *into(), "--dry-run")
    assert (result.exit_code, Post.objects.count()) == (0, 0)
    assert "2 posts would be made" in words_of(result)


def test_a_second_import_finds_everything_there(lake: Community, mbox: Path) -> None:
    run("mbox", mbox, *into())
    assert "Already there 2" in words_of(run("mbox", mbox, *into()))
    assert Post.objects.count() == 2


def test_a_forum_is_imported(lake: Community, tmp_path: Path) -> None:
    post = {
        "id": 1,
        "post_number": 1,
        "post_type": 1,
        "username": "ana",
        "created_at": "2024-05-06T09:00:00Z",
        "cooked": "<p>Hi</p>",
    }
    path = tmp_path / "forum.jsonl"
    path.write_text(json.dumps({"id": 7, "title": "Boat trip", "post_stream": {"posts": [post]}}))
    result = run("discourse-json", path, *into())
    assert (result.exit_code, Post.objects.get().body_html) == (0, "<p>Hi</p>")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (into(community="sea"), "There is no community “sea”. There are: lake"),
        (into(space="sea"), "There is no space “sea” in Lake. There are: list"),
    ],
)
def test_a_place_that_is_not_there_is_named_with_those_that_are(
    lake: Community, mbox: Path, place: tuple[str, ...], said: str
) -> None:
    result = run("mbox", mbox, *place)
    assert (result.exit_code, words_of(result)) == (1, said)


def test_a_file_that_is_not_there_is_a_wrong_use(lake: Community, tmp_path: Path) -> None:
    assert run("mbox", tmp_path / "none.mbox", *into()).exit_code == 2
