"""Writes of the index. Called inside the transaction that changes the subject, so that what is found is what is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from unicodedata import normalize

from django.db import connection, transaction

from hearth.core.tenancy import current_community
from hearth.core.text import strip_controls
from hearth.search.models import SearchEntry, entry_id
from hearth.search.words import audience_mark, community_mark, words_for_postgres, words_for_sqlite

_AT_ONCE = 500
# A longer text is found by its first 200,000 characters.
_LONGEST_TEXT = 200_000
_KEY = ("subject_kind", "subject_id")
_CHANGED = ("audience", "title", "body_text", "lang", "author_id", "written_at", "words")
_COLUMNS = ("id", "community_id", *_KEY, *_CHANGED)
_PUT = "INSERT INTO search_searchentry ({columns}) VALUES {rows} ON CONFLICT ({key}) DO UPDATE SET {changed}"


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

    One statement per 500 entries; part of the caller's transaction. Where a subject is given twice, the last one counts.
    An entry keeps its first place in time, whatever `written_at` is later.
    """
    community = current_community().pk
    rows = {(entry.subject_kind, entry.subject_id): _row(community, entry) for entry in entries}
    for some in batched(rows.values(), _AT_ONCE):
        _put(some)


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


def _put(rows: Sequence[tuple[Any, ...]]) -> None:
    # Not bulk_create: it costs as much again as the insert itself, and every post passes here.
    words = "%s::tsvector" if connection.vendor == "postgresql" else "%s"
    row = f"({', '.join(['%s'] * (len(_COLUMNS) - 1))}, {words})"
    sql = _PUT.format(
        columns=", ".join(_COLUMNS),
        rows=", ".join([row] * len(rows)),
        key=", ".join(_KEY),
        changed=", ".join(f"{column} = excluded.{column}" for column in _CHANGED),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])


def _row(community: int, entry: Entry) -> tuple[Any, ...]:
    """The values of an entry in the order of the columns."""
    title = _clean(entry.title)
    body = _clean(entry.body_text)
    marks = [community_mark(community), audience_mark(community, entry.audience)]
    words_for = words_for_postgres if connection.vendor == "postgresql" else words_for_sqlite
    return (
        entry_id(entry.subject_kind, entry.subject_id, entry.written_at),
        community,
        entry.subject_kind,
        entry.subject_id,
        entry.audience,
        title,
        body,
        entry.lang[:12],
        entry.author_id,
        connection.ops.adapt_datetimefield_value(entry.written_at),
        words_for(marks, title, body, entry.lang),
    )


def _clean(text: str) -> str:
    return normalize("NFC", strip_controls(text[:_LONGEST_TEXT]))
