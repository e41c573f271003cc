"""Reads of files: what a member has used up, what waits for a description, what is left over."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum

from hearth.core.tenancy import across_communities
from hearth.files import folder
from hearth.files.limits import LEFTOVER_KEPT
from hearth.files.models import File


def used(owner_id: int) -> tuple[int, int]:
    """Return how many bytes and how many files a member has here."""
    found = File.objects.filter(owner_id=owner_id).aggregate(size=Sum("size"), count=Count("pk"))
    return found["size"] or 0, found["count"]


def to_describe() -> QuerySet[File]:
    """Return the pictures for which someone asked for a description, the longest waiting first."""
    return File.objects.filter(wants_description=True).exclude(subject_kind="").order_by("stored_at", "pk")


def files_of(subject_kind: str, subject_ids: list[int]) -> QuerySet[File]:
    """Return the files of these subjects in the order in which they came. Ask only for subjects the reader may see."""
    return File.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids).order_by(
        "subject_id", "pk"
    )


def orphans(*, now: datetime) -> list[Path]:
    """Return stored files that no row names, and drafts that a crash left, both older than `LEFTOVER_KEPT`.

    Looks at all communities, one inner folder at a time.
    """
    before = (now - LEFTOVER_KEPT).timestamp()
    unnamed = (path for community, paths in folder.places() for path in _unnamed(community, paths))
    return [path for path in (*unnamed, *folder.leftovers()) if path.lstat().st_mtime < before]


def _unnamed(community: str, paths: list[Path]) -> Iterator[Path]:
    named = digests_named(community, {path.name.removesuffix(folder.THUMBNAIL) for path in paths})
    return (path for path in paths if path.name.removesuffix(folder.THUMBNAIL) not in named)


def digests_named(community: str, digests: set[str]) -> set[str]:
    """Return which of these digests a row of the community (by its public id) names."""
    with across_communities():  # the folder is shared by all communities; the filter names one
        rows = File.objects.filter(community__public_id=community, digest__in=digests)
        return set(rows.values_list("digest", flat=True))


def missing() -> Iterator[File]:
    """Yield the rows whose stored file is not in the folder: none, unless somebody took it away."""
    with across_communities():  # the operator's check of the whole deployment
        for file in File.objects.select_related("community").order_by("pk").iterator(500):
            if not folder.path_of(community=file.community.public_id, digest=file.digest).is_file():
                yield file


def unattached(*, before: datetime) -> QuerySet[File]:
    """Return files from before that time which belong to nothing and to which no row of any feature points."""
    found = File.objects.filter(subject_kind="", stored_at__lt=before)
    for model, field in _pointers():
        found = found.exclude(pk__in=model._base_manager.filter(**{f"{field}__isnull": False}).values(field))
    return found


def _pointers() -> list[tuple[type[Model], str]]:
    # The platform knows no feature, but the tables know who points to them.
    relations: list[Any] = [
        r for r in File._meta.get_fields(include_hidden=True) if r.auto_created and not r.concrete
    ]
    return [(relation.related_model, relation.field.name) for relation in relations]
