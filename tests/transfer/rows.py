"""The whole database as hashes, to show that something changed nothing."""

import hashlib

from django.apps import apps
from django.db import connection


def row_hashes() -> dict[str, str]:
    """A hash of all rows of each of our tables, in the order of their keys, all communities together."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("hearth."):
            quoted = connection.ops.quote_name(model._meta.db_table)
            key = connection.ops.quote_name(model._meta.pk.column)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {quoted} ORDER BY {key}")
                digest = hashlib.sha256()
                for row in cursor.fetchall():
                    digest.update(repr(row).encode())
            found[model._meta.label] = digest.hexdigest()
    return found
