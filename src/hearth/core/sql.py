"""Set-based writes that the ORM has no words for."""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections, models


def insert_from(model: type[models.Model], columns: Sequence[str], rows: models.QuerySet[models.Model, object]) -> int:
    """INSERT INTO model (columns) SELECT rows, leaving out rows that a unique key refuses; return how many were made.

    `rows` is a `values_list` queryset whose columns stand in the same order. One statement however many rows.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    select, params = rows.query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    names = ", ".join(connection.ops.quote_name(model._meta.get_field(column).column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    # "WHERE true" style ambiguity of SQLite's upsert after SELECT does not arise: every queryset here has a WHERE.
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {select} ON CONFLICT DO NOTHING", params)  # noqa: S608 - names come from models
        return max(cursor.rowcount, 0)
