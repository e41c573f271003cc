"""Who may see a file, and who may say what a picture shows. `member` is the reader, or None for a visitor."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from hearth.core.errors import NotFound
from hearth.core.subjects import subject
from hearth.core.verdicts import YES, Verdict, no
from hearth.files import queries
from hearth.files.models import File

# A page of requests ends; whoever wants to do more finds the next ones on coming back.
REQUESTS_SHOWN = 12
_REQUESTS_LOOKED_AT = 120


def visible_file(member: Any, public_id: str) -> File:
    """Return the file if the reader brought it or may see its subject; raise NotFound else, as if it were not there."""
    file = File.objects.filter(public_id=public_id).first()
    if file is None or not can_see(member, file):
        raise NotFound("")
    return file


def can_see(member: Any, file: File) -> bool:
    """Say whether the reader may see the file: its owner always, others as far as they may see its subject."""
    if _owns(member, file):
        return True
    return (
        bool(file.subject_kind)
        and file.subject_id is not None
        and file.subject_id in _visible(member, file.subject_kind, [file.subject_id])
    )


def can_describe(member: Any, file: File) -> Verdict:
    """Say whether the reader, who can see it, may describe it: its owner always, other members while it waits."""
    if not file.is_picture:
        return no(_("Only pictures have a description."))
    if _owns(member, file):
        return YES
    if member is None:
        return no(_("Sign in first."))
    if not file.wants_description:
        return no(_("Somebody has described this picture already. Thank you for wanting to."))
    return YES


def visible_requests(member: Any) -> list[File]:
    """Return pictures of others that wait for a description and that the member may see, the longest waiting first.

    At most `REQUESTS_SHOWN`, found among the first `_REQUESTS_LOOKED_AT`. Each kind of subject is asked once.
    """
    waiting = list(queries.to_describe().exclude(owner_id=member.pk)[:_REQUESTS_LOOKED_AT])
    about: dict[str, set[int]] = {}
    for file in waiting:
        about.setdefault(file.subject_kind, set()).add(file.subject_id or 0)
    seen = {kind: _visible(member, kind, pks) for kind, pks in about.items()}
    return [file for file in waiting if file.subject_id in seen[file.subject_kind]][:REQUESTS_SHOWN]


def place_of(file: File) -> str:
    """Return the path, inside the community, of the page on which the file stands; empty where it stands nowhere."""
    try:
        return subject(file.subject_kind).path(file.subject_id) if file.subject_id is not None else ""
    except KeyError:
        return ""


def _owns(member: Any, file: File) -> bool:
    return member is not None and file.owner_id is not None and file.owner_id == member.pk


def _visible(member: Any, kind: str, pks: Collection[int]) -> set[int]:
    try:
        about = subject(kind)
    except KeyError:
        # The feature was switched off or has not registered the kind: then nobody but the owner sees it.
        return set()
    return about.visible(member, pks)
