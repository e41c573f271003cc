"""Keep what people bring, tie it to its place, say what it shows, clear away what belongs to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.core.rates import spend
from hearth.core.tenancy import across_communities, tenant
from hearth.core.text import strip_controls
from hearth.files import folder, kinds, limits, pictures, policy, queries, sounds
from hearth.files.models import File
from hearth.files.names import clean_name


class Upload(Protocol):
    """What arrives: Django's uploaded file, or `ContentFile(bytes)` for the attachment of a mail."""

    def chunks(self) -> Iterable[bytes]:
        """Its content, in pieces."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What its sender says of a picture: a description, or one of the two other answers."""

    description: str = ""
    is_decoration: bool = False
    wants_description: bool = False


def store(
    upload: Upload,
    *,
    community: Any,
    owner_id: int | None,
    name: str,
    description: str = "",
    is_decoration: bool = False,
    wants_description: bool = False,
    now: datetime,
) -> File:
    """Keep a file for a member (or, with owner_id None, for the community) and return its row, tied to nothing yet.

    `prepare` and `keep` in one; its refusals are theirs. Takes up to seconds for a picture: never call it inside a
    transaction, where it would keep every other writer waiting; there, call `prepare` before and `keep` inside.
    """
    said = Answer(description, is_decoration, wants_description)
    return keep(prepare(upload, community=community, owner_id=owner_id, name=name, said=said, now=now))


def prepare(
    upload: Upload, *, community: Any, owner_id: int | None, name: str, said: Answer, now: datetime
) -> File:
    """Check a file and bring it to its place in the folder; return a row for it that `keep` writes.

    What it is says its content; pictures are made anew without anything but their pixels, recordings lose what they tell
    of place and device. Once this returns, the file survives a power cut. Refuses (Invalid) what is too large, of a kind
    that is not taken, damaged, or a picture without an answer to what it shows; TooMany; NoRoom when the disk is full.
    """
    said = _cleaned(said)
    row = File(community=community, owner_id=owner_id, stored_at=now)
    with tenant(community), folder.room_is_needed(_disk_full()):
        _check_share(owner_id, now)
        with folder.draft() as draft:
            kind = _take_in(upload, draft, name)
            if kind.is_picture:
                return _place_picture(draft, row, name, said)
            return _place_as_is(draft, row, name, kind, said)


def keep(prepared: File) -> File:
    """Write the row of a prepared file; return it. Quick, and may stand inside the caller's transaction.

    Refuses (Invalid) when the member's share is full by now. Never called, it leaves an orphan that `clear_orphans` takes.
    """
    with tenant(prepared.community), transaction.atomic():
        prepared.save(force_insert=True)
        if prepared.owner_id is not None:
            # Asked again with this file counted, so that two at one moment do not both slip under the limit.
            _check_used(prepared.owner_id)
    return prepared


def store_photo(upload: Upload, *, community: Any, owner_id: int, name: str, now: datetime) -> File:
    """Keep a member's photo: a square of 256 dots cut out of the picture, tied to the subject `member` of that id.

    It always stands beside the member's name, so it needs no description. Refuses as `store` does, and all but pictures.
    """
    row = File(community=community, owner_id=owner_id, stored_at=now)
    row.subject_kind, row.subject_id = "member", owner_id
    with tenant(community), folder.room_is_needed(_disk_full()):
        _check_share(owner_id, now)
        with folder.draft() as draft:
            if not _take_in(upload, draft, name).is_picture:
                raise Invalid(_("This is not a picture. Choose a photo of yourself."))
            return keep(_place_picture(draft, row, name, Answer(is_decoration=True), square=True))


def _disk_full() -> str:
    return _("There is no room for this file just now. This is our fault. Try again later.")


def _cleaned(said: Answer) -> Answer:
    words = " ".join(strip_controls(said.description).split())
    if len(words) > limits.DESCRIPTION_LETTERS:
        raise Invalid(
            _("The description is too long. Use at most %(most)d letters.")
            % {"most": limits.DESCRIPTION_LETTERS}
        )
    if words:
        # Words say more than a tick that was left standing.
        return Answer(description=words)
    return Answer(
        is_decoration=said.is_decoration, wants_description=said.wants_description and not said.is_decoration
    )


def _check_share(owner_id: int | None, now: datetime) -> None:
    if owner_id is None:
        return
    spend(key=f"files:{owner_id}", most=limits.FILES_AN_HOUR, per=timedelta(hours=1), now=now)
    _check_used(owner_id)


def _check_used(owner_id: int) -> None:
    size, count = queries.used(owner_id)
    if size > limits.MEMBER_BYTES or count > limits.MEMBER_FILES:
        raise Invalid(
            _("Your files fill the %(most)d megabytes that you have here. Ask a person for help.")
            % {"most": limits.MEMBER_BYTES // limits.MEGABYTE}
        )


def _take_in(upload: Upload, draft: folder.Draft, name: str) -> kinds.Kind:
    size = folder.take_in(upload.chunks(), draft)
    if size > limits.FILE_BYTES:
        raise Invalid(
            _("This file is too large. It may have at most %(most)d megabytes.")
            % {"most": limits.FILE_BYTES // limits.MEGABYTE}
        )
    return kinds.kind_of(draft.file, size=size, name=name)


def _place_picture(source: folder.Draft, row: File, name: str, said: Answer, *, square: bool = False) -> File:
    if said == Answer():
        raise Invalid(_("Say what the picture shows, or choose one of the other two answers."))
    with folder.draft() as display, folder.draft() as thumbnail:
        made = pictures.make_anew(source.file, display=display.file, thumbnail=thumbnail.file, square=square)
        row.width, row.height = made.width, made.height
        digest = folder.digest_of(display.file)
        place = row.community.public_id
        folder.give_place(thumbnail, community=place, digest=digest, ending=folder.THUMBNAIL)
        return _place(display, row, name, kinds.KINDS[made.content_type], said)


def _place_as_is(draft: folder.Draft, row: File, name: str, kind: kinds.Kind, said: Answer) -> File:
    sounds.forget_details(draft.file, size=draft.size, content_type=kind.content_type)
    return _place(draft, row, name, kind, Answer(description=said.description))


def _place(draft: folder.Draft, row: File, name: str, kind: kinds.Kind, said: Answer) -> File:
    row.size, row.digest = draft.size, folder.digest_of(draft.file)
    folder.give_place(draft, community=row.community.public_id, digest=row.digest)
    row.content_type = kind.content_type
    row.name = clean_name(
        name, suffix=kind.endings[0], alike=kind.endings, known=kinds.ENDINGS, otherwise=_("file")
    )
    row.description, row.is_decoration = said.description, said.is_decoration
    row.wants_description = said.wants_description
    return row


def attach(*, file_id: int, owner_id: int | None, subject_kind: str, subject_id: int) -> File:
    """Tie a stored file to what it belongs to; from then on whoever may see that may see the file. Return the file.

    Inside the caller's transaction. Only the owner's own file, and only once: NotFound for another's, Conflict if it is
    tied already. (Else somebody could read another's file by tying it to a post of one's own.)
    """
    tied = File.objects.filter(pk=file_id, owner_id=owner_id, subject_kind="").update(
        subject_kind=subject_kind, subject_id=subject_id
    )
    file = File.objects.filter(pk=file_id, owner_id=owner_id).first()
    if file is None:
        raise NotFound("")
    if tied != 1:
        raise Conflict(_("This file stands somewhere else already. Choose it once more from your device."))
    return file


def describe(
    *,
    by: Any,
    file: File,
    description: str = "",
    is_decoration: bool = False,
    wants_description: bool = False,
    now: datetime,
) -> None:
    """Say what a picture shows. Its owner may change the answer at any time; another member gives words while it waits.

    Refuses (NotAllowed) whom `policy.can_describe` refuses, (Invalid) no answer, (Conflict) when another was faster. The
    same words by the same member again change nothing.
    """
    said = _cleaned(Answer(description, is_decoration, wants_description))
    is_owner = file.owner_id == by.pk
    if file.described_by_id == by.pk and said == _answer_of(file):
        return
    policy.can_describe(by, file).require()
    if said == Answer() or (not is_owner and not said.description):
        raise Invalid(_("Say in a few words what the picture shows."))
    open_rows = (
        File.objects.filter(pk=file.pk)
        if is_owner
        else File.objects.filter(pk=file.pk, wants_description=True)
    )
    changed = open_rows.update(
        description=said.description,
        is_decoration=said.is_decoration,
        wants_description=said.wants_description,
        described_by_id=by.pk,
        described_at=now,
    )
    if changed != 1:
        raise Conflict(_("Somebody described this picture a moment ago. Thank you for wanting to."))


def _answer_of(file: File) -> Answer:
    return Answer(file.description, file.is_decoration, file.wants_description)


def remove(*, file: File) -> None:
    """Delete a file's row; what is stored follows with `clear_orphans` once no other row names it."""
    file.delete()


def clear_orphans(*, now: datetime) -> int:
    """Delete files that belong to nothing: rows never tied to anything, then stored files no row names. Return how many.

    For the schedule. Safe beside uploads: a file is moved aside, looked at once more, and put back if it was brought again
    in that moment.
    """
    with across_communities():  # a task of the whole deployment
        rows, _by_model = queries.unattached(before=now - limits.UNATTACHED_KEPT).delete()
    return rows + sum(_clear(path, now) for path in queries.orphans(now=now))


def _clear(path: Path, now: datetime) -> bool:
    if path.parent.name == folder.INCOMING:
        path.unlink(missing_ok=True)
        return True
    try:
        aside = folder.set_aside(path)
    except FileNotFoundError:
        return False
    brought_again = aside.lstat().st_mtime >= (now - limits.LEFTOVER_KEPT).timestamp()
    if brought_again or queries.digests_named(path.parts[-4], {path.name.removesuffix(folder.THUMBNAIL)}):
        aside.rename(path)
        return False
    aside.unlink()
    return True
