"""Questions to the index. What a reader may not see is left out by the query itself, never afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString

from hearth.core.tenancy import current_community
from hearth.search.fulltext import Found, Scope, candidates, newest
from hearth.search.models import written_at_of
from hearth.search.passages import Finder
from hearth.search.wanted import understand

PAGE_SIZE = 20
MOST_PAGES = 10
# How many matches are weighed against each other; all of them are the newest, or have every word in the title. Of a word
# that stands in every tenth post the newest 40 may do: nothing sets one of its posts apart but the title.
_WEIGHED = 200
_ENOUGH = 2 * PAGE_SIZE

Order = Literal["best", "newest"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. passage is HTML with the found words in <mark>."""

    subject_kind: str
    subject_id: int
    audience: str
    title: str
    passage: SafeString
    lang: str
    author_id: int | None
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. There is no finder where the question held no word to look for."""

    hits: list[Hit]
    page: int
    has_next: bool
    finder: Finder | None = None

    @property
    def understood(self) -> bool:
        """Whether there was anything to look for."""
        return self.finder is not None

    def marked(self, title: str) -> SafeString | str:
        """Return a title as HTML with the found words in <mark>."""
        return self.finder.title(title) if self.finder else title


def find(
    text: str,
    *,
    audiences: Sequence[str],
    languages: Sequence[str],
    order: Order = "best",
    author_id: int | None = None,
    kind: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
) -> Results:
    """Return a page of 20 of what the open community's index holds for these audiences. One query, whatever is found.

    Every word must occur, in any form that the languages give it; "exact phrase" and -word are understood. "best" weighs
    the newest 200 matches and the newest 200 with every word in the title; "newest" goes back 10 pages. Whatever is
    typed, the answer is a page, possibly an empty one.
    """
    page = min(max(page, 1), MOST_PAGES)
    wanted = understand(text, languages)
    finder = Finder(wanted, languages) if wanted.all_of else None
    if finder is None or not audiences:
        return Results([], page, has_next=False, finder=finder)
    scope = Scope(current_community().pk, audiences, author_id, kind, since, until)
    first, last = (page - 1) * PAGE_SIZE, page * PAGE_SIZE
    if order == "newest":
        entries = newest(wanted, scope, first, PAGE_SIZE + 1)
    else:
        entries = candidates(wanted, scope, _WEIGHED, _ENOUGH)
        entries.sort(key=lambda entry: (finder.score(entry.title, entry.body_text), entry.id), reverse=True)
        entries = entries[first : last + 1]
    hits = [_hit(entry, finder) for entry in entries[:PAGE_SIZE]]
    return Results(hits, page, len(entries) > PAGE_SIZE and page < MOST_PAGES, finder)


def _hit(entry: Found, finder: Finder) -> Hit:
    return Hit(
        entry.subject_kind,
        entry.subject_id,
        entry.audience,
        entry.title,
        finder.passage(entry.body_text),
        entry.lang,
        entry.author_id,
        written_at_of(entry.id),
    )
