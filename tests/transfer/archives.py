"""What the tests of imports share: letters written for them, and the way to the archives that nobody here wrote."""

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hearth.transfer.archive import MailArchive
from hearth.transfer.records import ImportedPost
from hearth.transfer.threads import Placed

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
START = datetime(2024, 5, 6, 9, 0, tzinfo=UTC)
SHARED = Path(os.environ.get("HEARTH_SHARED") or Path(__file__).parents[3] / "shared") / "data"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared archives are not here; set HEARTH_SHARED to their folder"
)


def plain_hash(address: str) -> str:
    """A stand-in for the keyed hash, so that readers are tested without settings."""
    return hashlib.sha256(address.encode()).hexdigest()


def letter(
    number: int,
    *,
    sender: str = "ana at lista.example (Ana Horvat)",
    subject: str = "Hello",
    text: str = "",
    hours: float | None = None,
    **headers: str,
) -> bytes:
    """One message in the dress of a Mailman 2 text archive. Extra headers are given as in_reply_to="<1@x>"."""
    at = START + timedelta(hours=number if hours is None else hours)
    lines = [
        f"From ana at lista.example  {at:%a %b %e %H:%M:%S %Y}",
        f"From: {sender}",
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000",
        f"Subject: {subject}",
        f"Message-ID: <{number}@lista.example>",
        *(f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()),
        "",
        text or f"Text of letter {number}.",
        "",
        "",
    ]
    return "\n".join(lines).encode()


def archive(folder: Path, content: bytes | Iterable[bytes], *, known: Iterable[Placed] = ()) -> MailArchive:
    """An archive of one file, surveyed."""
    path = folder / "list.mbox"
    path.write_bytes(content if isinstance(content, bytes) else b"".join(content))
    return surveyed([path], known=known)


def surveyed(paths: list[Path], *, known: Iterable[Placed] = (), now: datetime = NOW) -> MailArchive:
    """An archive of these files, surveyed."""
    found = MailArchive(paths, now, plain_hash, known=known)
    found.survey()
    return found


def posts_by_number(found: MailArchive) -> dict[str, ImportedPost]:
    """The posts of an archive by what stands before the @ of their Message-ID."""
    return {post.source_id.partition("@")[0]: post for post in found.posts()}
