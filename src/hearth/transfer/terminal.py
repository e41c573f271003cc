"""Imports at the command line: find the place, read, show how far it is, say what was done.

Leaves with status 1 and one sentence when the place or a file is not there, or the archive is being imported already.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from hearth.communities.models import Community
from hearth.communities.queries import communities, community_by_slug
from hearth.core.clock import now
from hearth.core.errors import DomainError
from hearth.core.tenancy import tenant
from hearth.spaces.models import Space
from hearth.transfer import report
from hearth.transfer.actions import import_posts
from hearth.transfer.addresses import address_hash
from hearth.transfer.archive import MailArchive
from hearth.transfer.discourse import DiscourseForum
from hearth.transfer.queries import placed_messages, space_by_path, spaces_by_path

OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive goes, and in which language it is written."""

    community: Community
    space: Space
    lang: str


def import_mbox(
    files: Sequence[Path], *, community: str, space: str, dry_run: bool = False, lang: str = ""
) -> None:
    """Import mail archives into a space. `lang` is the language of the mails, else the community's first."""
    with _place(community, space, lang) as place, _bar(files, readings=2) as on_bytes:
        source = f"mbox/{place.space.public_id}"
        archive = MailArchive(files, now(), address_hash, placed_messages(source), on_bytes)
        archive.survey()
        summary = import_posts(
            by=None,
            records=archive.posts(),
            community=place.community,
            space=place.space,
            source=source,
            now=now(),
            lang=place.lang,
            dry_run=dry_run,
        )
    _say(report.lines(summary, archive.forest.report, archive.oddities, read=archive.read, dry_run=dry_run))


def import_discourse(
    files: Sequence[Path],
    *,
    community: str,
    space: str,
    dry_run: bool = False,
    site: str = "",
    lang: str = "",
) -> None:
    """Import a Discourse forum into a space. `site` is its web address, by which links inside it stay whole."""
    with _place(community, space, lang) as place, _bar(files, readings=1) as on_bytes:
        forum = DiscourseForum(files, now(), site, on_bytes)
        summary = import_posts(
            by=None,
            records=forum.posts(),
            community=place.community,
            space=place.space,
            now=now(),
            source=f"{urlsplit(site).hostname or 'discourse'}/{place.space.public_id}"[-80:],
            lang=place.lang,
            dry_run=dry_run,
        )
    _say(report.lines(summary, forum.report, forum.oddities, read=forum.read, dry_run=dry_run))


@contextmanager
def _place(community: str, space: str, lang: str) -> Iterator[Place]:
    found = community_by_slug(community)
    if found is None:
        _stop(f"There is no community “{community}”. There are: {_names(communities())}")
    with tenant(found), translation.override(found.language):
        room = space_by_path(space)
        if room is None:
            _stop(f"There is no space “{space}” in {found.name}. There are: {_names(spaces_by_path())}")
        try:
            yield Place(found, room, lang or found.language)
        except DomainError as refusal:
            _stop(refusal.reason)
        except OSError as error:
            _stop(f"{error.filename} cannot be read: {error.strerror}.")


def _names(rows: Iterable[Community | Space]) -> str:
    return ", ".join(row.slug for row in rows) or "none yet"


def _stop(sentence: str) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(sentence, markup=False)
    raise SystemExit(1)


@contextmanager
def _bar(files: Sequence[Path], *, readings: int) -> Iterator[OnBytes]:
    """A bar over the bytes of all files, each read this often."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Import", total=sum(path.stat().st_size for path in files) * readings)
        yield lambda count: progress.advance(task, count)


def _say(lines: Iterator[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, words in lines:
        table.add_row(label, Text(words))
    Console(highlight=False).print(table)
