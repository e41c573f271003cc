"""The one place where search speaks each database's own language: matching entries, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from hearth.search.models import first_id_at
from hearth.search.wanted import Wanted
from hearth.search.words import audience_mark, community_mark

# With so few audiences the index itself can leave out the others' entries; with more, naming each costs more than it saves.
_FEW_AUDIENCES = 4
# PostgreSQL cannot read its index in the order of time. A word that stands in many entries stands in the newest few, so
# these are looked through first; the index is asked only when they did not hold enough.
_LOOKED_THROUGH = 300


@dataclass(frozen=True, slots=True)
class Scope:
    """In which part of the index a question is asked."""

    community: int
    audiences: Sequence[str]
    author_id: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def marks(self) -> list[str]:
        """Return the marks of which a found entry must carry one."""
        if len(self.audiences) <= _FEW_AUDIENCES:
            return [audience_mark(self.community, audience) for audience in self.audiences]
        return [community_mark(self.community)]

    def conditions(self) -> tuple[str, list[Any]]:
        """Return the conditions on the entry itself, and their values."""
        audiences = ", ".join(["%s"] * len(self.audiences))
        parts, values = (
            [f"community_id = %s AND audience IN ({audiences})"],
            [self.community, *self.audiences],
        )
        for condition, value in (
            ("author_id = %s", self.author_id),
            ("subject_kind = %s", self.kind or None),
            ("id >= %s", self.since and first_id_at(self.since)),
            ("id < %s", self.until and first_id_at(self.until)),
        ):
            if value is not None:
                parts.append(condition)
                values.append(value)
        return " AND ".join(parts), values


class Found(NamedTuple):
    """An entry that matches: what is needed to weigh it and to show it. Its key tells when it was written."""

    id: int
    subject_kind: str
    subject_id: int
    audience: str
    title: str
    body_text: str
    lang: str
    author_id: int | None


def newest(wanted: Wanted, scope: Scope, first: int, most: int) -> list[Found]:
    """Return the newest matching entries but for the first few, newest first. One query."""
    one = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    keys, values = one(wanted, scope, first + most, enough=first + most)
    return _rows(f"{_THESE.format(keys)} LIMIT %s OFFSET %s", [*values, most, first])


def candidates(wanted: Wanted, scope: Scope, most: int, enough: int) -> list[Found]:
    """Return the newest matching entries, and the newest of those with every word in the title. One query.

    Where finding `most` is dear, no more than `enough` of the first are looked for.
    """
    one = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    everywhere, values = one(wanted, scope, most, enough=enough)
    in_title, more_values = one(wanted, scope, most, enough=enough, in_title=True)
    return _rows(_THESE.format(_EITHER.format(everywhere, in_title)), [*values, *more_values])


# Read by hand, not through models: a question that weighs 400 entries would spend more on making objects than on searching.
_THESE = """
    SELECT id, subject_kind, subject_id, audience, title, body_text, lang, author_id
    FROM search_searchentry WHERE id IN ({}) ORDER BY id DESC"""
_EITHER = "SELECT id FROM ({}) a UNION SELECT id FROM ({}) b"
# CROSS JOIN keeps SQLite from starting with the entries: the full-text index gives keys in order, and stops when enough.
_SQLITE = """
    SELECT e.id FROM search_words w CROSS JOIN search_searchentry e ON e.id = w.rowid
    WHERE w.search_words MATCH %s AND {conditions} ORDER BY w.rowid DESC LIMIT %s"""
# "id + 0" keeps PostgreSQL from walking through all entries by key until it happens to have met enough of them.
_POSTGRES = """
    SELECT id FROM search_searchentry
    WHERE words @@ %s::tsquery AND {conditions} ORDER BY id + 0 DESC LIMIT %s"""
_POSTGRES_LATEST_FIRST = """
    WITH latest AS MATERIALIZED
      (SELECT * FROM search_searchentry WHERE community_id = %s ORDER BY id DESC LIMIT %s),
    met AS MATERIALIZED
      (SELECT id FROM latest WHERE words @@ %s::tsquery AND {conditions} LIMIT %s)
    SELECT id FROM met WHERE (SELECT count(*) FROM met) >= %s
    UNION ALL
    (SELECT id FROM search_searchentry
     WHERE words @@ %s::tsquery AND {conditions} AND (SELECT count(*) FROM met) < %s
     ORDER BY id + 0 DESC LIMIT %s)"""


def _on_sqlite(
    wanted: Wanted, scope: Scope, most: int, *, enough: int, in_title: bool = False
) -> tuple[str, list[Any]]:
    conditions, values = scope.conditions()
    question = wanted.sqlite(scope.marks(), in_title=in_title)
    return _SQLITE.format(conditions=conditions), [question, *values, most]


def _on_postgres(
    wanted: Wanted, scope: Scope, most: int, *, enough: int, in_title: bool = False
) -> tuple[str, list[Any]]:
    conditions, values = scope.conditions()
    asked = [wanted.postgres(scope.marks(), in_title=in_title), *values]
    if in_title:
        return _POSTGRES.format(conditions=conditions), [*asked, most]
    latest = [scope.community, _LOOKED_THROUGH, *asked, most, enough]
    return _POSTGRES_LATEST_FIRST.format(conditions=conditions), [*latest, *asked, enough, most]


def _rows(sql: str, values: Sequence[Any]) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Found._make(row) for row in cursor.fetchall()]
