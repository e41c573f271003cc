"""Writes of the index. Called inside the transaction that changes the subject, so that what is found is what is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from unicodedata import normalize

from django.db import connection, transaction

from hearth.core.tenancy import current_community
from hearth.core.text import strip_controls
from hearth.search.models import SearchEntry, entry_id
from hearth.search.words import audience_mark, community_mark, words_for_postgres, words_for_sqlite

_AT_ONCE = 500
# A longer text is found by its first 200,000 characters.
_LONGEST_TEXT = 200_000
_CHANGED = ["audience", "title", "body_text", "lang", "author_id", "written_at", "words"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a subject. `lang` chooses the rules for word forms; empty where the language is unknown."""

    subject_kind: str
    subject_id: int
    audience: str
    title: str
    body_text: str
    lang: str
    author_id: int | None
    written_at: datetime


def index(entries: Sequence[Entry]) -> None:
    """Put subjects of the open community into the index, or replace what it holds of them.

    Two statements per 500 entries at most; part of the caller's transaction.
    """
    community = current_community().pk
    rows = {(entry.subject_kind, entry.subject_id): _row(community, entry) for entry in entries}
    for some in batched(rows.values(), _AT_ONCE):
        SearchEntry.objects.bulk_create(
            some, update_conflicts=True, unique_fields=["subject_kind", "subject_id"], update_fields=_CHANGED
        )


def forget(kind: str, ids: Iterable[int]) -> int:
    """Take subjects of one kind out of the open community's index; return how many it held."""
    return sum(
        SearchEntry.objects.filter(subject_kind=kind, subject_id__in=some).delete()[0]
        for some in batched(ids, _AT_ONCE)
    )


def rebuild(entries: Iterable[Entry]) -> int:
    """Replace the whole index of the open community by these entries; return how many there are. All or nothing.

    `entries` may be a generator: no more than 500 are in memory at once.
    """
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        number = 0
        for some in batched(entries, _AT_ONCE):
            index(some)
            number += len(some)
        return number


def _row(community: int, entry: Entry) -> SearchEntry:
    title = _clean(entry.title)
    body = _clean(entry.body_text)
    marks = [community_mark(community), audience_mark(community, entry.audience)]
    words_for = words_for_postgres if connection.vendor == "postgresql" else words_for_sqlite
    return SearchEntry(
        pk=entry_id(entry.subject_kind, entry.subject_id, entry.written_at),
        community_id=community,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        audience=entry.audience,
        title=title,
        body_text=body,
        lang=entry.lang[:12],
        author_id=entry.author_id,
        written_at=entry.written_at,
        words=words_for(marks, title, body, entry.lang),
    )


def _clean(text: str) -> str:
    return normalize("NFC", strip_controls(text[:_LONGEST_TEXT]))
