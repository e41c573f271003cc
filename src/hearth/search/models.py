"""One index over subjects of all kinds: what can be found, by whom, and since when."""

from datetime import UTC, datetime
from zlib import crc32

from django.db import models

from hearth.core.models import TenantModel
from hearth.search.fields import WordsField

_KIND_BITS = 10
_SUBJECT_BITS = 20
_LATEST_SECOND = (1 << (63 - _KIND_BITS - _SUBJECT_BITS)) - 1


class SearchEntry(TenantModel):
    """What the index keeps of one subject. Its key grows with `written_at`, so that "newest first" needs no sorting.

    audience names who may find it ("space:12"). body_text is what a passage is cut from. author_id is a member's key;
    it is no foreign key, since search knows no members. On SQLite an FTS5 table mirrors title, body_text and words.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    audience = models.CharField(max_length=60)
    title = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    lang = models.CharField(max_length=12, blank=True)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    words = WordsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_subject")]
        indexes = [models.Index(fields=["community", "-id"], name="search_newest")]
        verbose_name_plural = "search entries"


def entry_id(kind: str, subject_id: int, written_at: datetime) -> int:
    """Return the key of an entry: 33 bits of seconds since 1970, 10 bits of the kind, 20 bits of the subject's own key.

    Two subjects of one kind share a key only when they are a multiple of 1,048,576 apart and of the same second.
    """
    kind_code = crc32(kind.encode()) & ((1 << _KIND_BITS) - 1)
    return first_id_at(written_at) | (kind_code << _SUBJECT_BITS) | (subject_id & ((1 << _SUBJECT_BITS) - 1))


def first_id_at(moment: datetime) -> int:
    """Return the smallest key that an entry written in this second can have."""
    seconds = int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return min(max(seconds, 0), _LATEST_SECOND) << (_KIND_BITS + _SUBJECT_BITS)


def written_at_of(entry: int) -> datetime:
    """Return the second in which the entry with this key was written."""
    return datetime.fromtimestamp(entry >> (_KIND_BITS + _SUBJECT_BITS), UTC)
