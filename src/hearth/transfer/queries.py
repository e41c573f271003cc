"""Reads of what was imported, inside the open community."""

from collections.abc import Iterator

from django.db.models import QuerySet

from hearth.spaces.models import Space
from hearth.transfer.models import ImportedItem
from hearth.transfer.threads import Placed


def placed_messages(source: str) -> Iterator[Placed]:
    """Every message that was imported from this source, with what threading needs to go on from there."""
    rows = ImportedItem.objects.filter(source=source).values_list(
        "source_id", "thread_key", "written_at", "subject_key", "missing_parent", "is_reply"
    )
    return (Placed(*row) for row in rows.iterator(chunk_size=5_000))


def space_by_path(slug: str) -> Space | None:
    """The space with this path name, whoever may see it: the operator at the command line sees all."""
    return Space.objects.filter(slug=slug).first()


def spaces_by_path() -> QuerySet[Space]:
    """All spaces of the community in the order of their path names, for the operator."""
    return Space.objects.order_by("slug")
