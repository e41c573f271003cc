"""Set-based writes that the ORM has no words for."""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections, models


def insert_from(
    model: type[models.Model], columns: Sequence[str], rows: models.QuerySet[models.Model, object]
) -> int:
    """INSERT INTO model (columns) SELECT rows, leaving out rows that a unique key refuses; return how many were made.

    `rows` is a `values_list` queryset whose columns stand in the same order. One statement however many rows.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    select, params = rows.query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    quote = connection.ops.quote_name
    columns_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    names = ", ".join(quote(columns_of[name]) for name in columns)
    # "ON CONFLICT" behind a SELECT is ambiguous to SQLite without a WHERE; every audience has one.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return max(int(cursor.rowcount), 0)
