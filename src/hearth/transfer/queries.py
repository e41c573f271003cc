"""Reads of what was imported, inside the open community."""

from collections.abc import Iterator

from hearth.transfer.models import ImportedItem
from hearth.transfer.threads import Placed


def placed_messages(source: str) -> Iterator[Placed]:
    """Every message that was imported from this source, with what threading needs to go on from there."""
    rows = ImportedItem.objects.filter(source=source).values_list(
        "source_id", "thread_key", "written_at", "subject_key", "missing_parent", "is_reply"
    )
    return (Placed(*row) for row in rows.iterator(chunk_size=5_000))
