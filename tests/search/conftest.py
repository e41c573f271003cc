"""Two communities, and a short way to put something into the index of the first."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.search.actions import Entry, index
from hearth.search.queries import Results, find

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LANGUAGES = ["de", "en", "fr"]

Put = Callable[..., int]


def make_community(slug: str) -> Community:
    return found_community(slug=slug, name=slug.title(), country="CH", languages=LANGUAGES, now=NOW)


def entry(subject_id: int, body: str, *, title: str = "", lang: str = "de", audience: str = "space:1", days: float = 0,
          author_id: int | None = 1, kind: str = "post") -> Entry:  # fmt: skip
    """An entry that was written `days` before now."""
    return Entry(kind, subject_id, audience, title, body, lang, author_id, NOW - timedelta(days=days))


def found(results: Results) -> list[int]:
    return [hit.subject_id for hit in results.hits]


def search(text: str, **more: object) -> list[int]:
    """The subjects found in the open community by a reader of the first space, best first."""
    asked = {"audiences": ["space:1"], "languages": LANGUAGES} | more
    return found(find(text, **asked))  # type: ignore[arg-type]


@pytest.fixture
def community(db: None) -> Iterator[Community]:
    """A community whose scope is open."""
    made = make_community("north")
    with tenant(made):
        yield made


@pytest.fixture
def put(community: Community) -> Put:
    """Index one text under the next free number, and return that."""
    numbers = iter(range(1, 10_000))

    def put_one(body: str, **more: object) -> int:
        number = next(numbers)
        index([entry(number, body, **more)])  # type: ignore[arg-type]
        return number

    return put_one
