"""The column that holds what the index knows of an entry beside its text."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class WordsField(models.TextField):  # type: ignore[type-arg]
    """A `tsvector` on PostgreSQL, plain text (a column of the FTS5 table) on SQLite. Written by `words.py` only."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the column's type in this database."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder_sql(
        self, value: Any, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[Any]]:
        """Return placeholder and value; PostgreSQL reads the text as a tsvector without parsing it for words again."""
        sql, params = compiler.compile(value) if hasattr(value, "as_sql") else ("%s", (value,))
        return (f"{sql}::tsvector" if connection.vendor == "postgresql" else sql), params
