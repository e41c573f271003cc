"""The full-text side of the index: an FTS5 table kept by triggers on SQLite, a GIN index on PostgreSQL."""

from typing import Any

from django.db import migrations

# The table has no text of its own: it reads it from the entries. `words` holds the words of the title, stems and marks.
# Short beginnings of words have an index of their own, longer ones are found in the main one.
SQLITE = [
    """CREATE VIRTUAL TABLE search_words USING fts5(
        title, body_text, words, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='3 4')""",
    """CREATE TRIGGER search_words_added AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_words(rowid, title, body_text, words)
        VALUES (new.id, new.title, new.body_text, new.words); END""",
    """CREATE TRIGGER search_words_gone AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, title, body_text, words)
        VALUES ('delete', old.id, old.title, old.body_text, old.words); END""",
    """CREATE TRIGGER search_words_changed AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, title, body_text, words)
        VALUES ('delete', old.id, old.title, old.body_text, old.words);
        INSERT INTO search_words(rowid, title, body_text, words)
        VALUES (new.id, new.title, new.body_text, new.words); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_gone",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
]
# Rows without their long columns are short, so that looking up many of them reads few pages. The list of not yet merged
# words is kept short because every question reads all of it.
POSTGRES = [
    "ALTER TABLE search_searchentry SET (toast_tuple_target = 128)",
    "ALTER TABLE search_searchentry ALTER COLUMN words SET STORAGE EXTERNAL",
    "CREATE INDEX search_words ON search_searchentry USING gin (words) WITH (gin_pending_list_limit = 256)",
]
POSTGRES_BACK = ["DROP INDEX search_words"]


def make(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unmake(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
