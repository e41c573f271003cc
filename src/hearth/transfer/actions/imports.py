"""Bring the posts of an archive into a space: safe to repeat, safe to stop at any moment, without telling anybody."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.conversations.actions import OldPost, OldTopic, keep_archive
from hearth.conversations.models import Topic
from hearth.core.errors import Conflict
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.spaces.models import Space
from hearth.transfer import policy
from hearth.transfer.actions.guests import Guests
from hearth.transfer.models import ImportedItem
from hearth.transfer.records import ImportedPost
from hearth.transfer.rendering import render

BATCH = 500
Progress = Callable[[int], None]


@dataclass(slots=True)
class Summary:
    """What an import did. `read` = `made` + `already_there` + `duplicates`: no post is lost without being counted."""

    read: int = 0
    made: int = 0
    already_there: int = 0
    duplicates: int = 0
    topics_made: int = 0
    topics_continued: int = 0
    guests_made: int = 0


def import_posts(
    *,
    by: Member | None,
    records: Iterable[ImportedPost],
    community: Community,
    space: Space,
    source: str,
    now: datetime,
    lang: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Make a post of each record that this `source` has not brought before, by guests, in the topics of their threads.

    A batch is one transaction: after a stop, the same call goes on where it ended. Repeating it changes nothing; newer
    records continue their threads. A post deleted here since stays deleted. One happening (`archive_imported`) is recorded
    at the end if anything was made; no notice is sent. `by` is None for the operator. With `dry_run` nothing is written.
    Refuses who is no steward; Conflict if the same archive is being imported elsewhere. Call inside the tenant's scope.
    """
    policy.can_import(by, community).require()
    run = _Run(community, space, source, lang or community.language, now, dry_run)
    for batch in batched(records, BATCH):
        try:
            with transaction.atomic():
                run.take_in(batch)
        except IntegrityError as error:
            # The unique keys caught a second import of the same archive in another process.
            raise Conflict(
                _("This archive is being imported already. Wait until that ends, then start again.")
            ) from error
        if progress:
            progress(len(batch))
    if run.summary.made and not dry_run:
        _record(run, by)
    return run.summary


def _record(run: "_Run", by: Member | None) -> None:
    summary = run.summary
    with transaction.atomic():
        happenings.record(
            "archive_imported",
            community=run.community,
            by=by.pk if by else None,
            subject_kind="space",
            subject_id=run.space.pk,
            via="import",
            data={"source": run.source, "posts": summary.made, "topics": summary.topics_made},
            now=run.now,
        )


@dataclass(slots=True)
class _Run:
    """One import under way: what it has seen, and the topics and guests that it knows already."""

    community: Community
    space: Space
    source: str
    lang: str
    now: datetime
    dry_run: bool
    summary: Summary = field(default_factory=Summary)
    guests: Guests = field(init=False)
    seen: set[str] = field(default_factory=set)
    topic_of: dict[str, int] = field(default_factory=dict)
    continued: set[int] = field(default_factory=set)
    started: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.guests = Guests(self.community, self.source, self.dry_run)

    def take_in(self, batch: Sequence[ImportedPost]) -> None:
        """Keep the new ones among these records, in the order given."""
        self.summary.read += len(batch)
        fresh = self._fresh(batch)
        authors = self.guests.members_for(fresh)
        self.summary.guests_made = self.guests.made
        self._find_topics(fresh)
        if self.dry_run:
            self._count_only(fresh)
        elif fresh:
            self._keep(fresh, authors)
        self.summary.made += len(fresh)

    def _fresh(self, batch: Sequence[ImportedPost]) -> list[ImportedPost]:
        first: dict[str, ImportedPost] = {}
        for record in batch:
            if record.source_id in self.seen:
                self.summary.duplicates += 1
            else:
                self.seen.add(record.source_id)
                first[record.source_id] = record
        there = set(self._items(first).values_list("source_id", flat=True))
        self.summary.already_there += len(there)
        return [record for source_id, record in first.items() if source_id not in there]

    def _items(self, source_ids: Iterable[str]) -> QuerySet[ImportedItem]:
        return ImportedItem.objects.filter(source=self.source, source_id__in=list(source_ids))

    def _find_topics(self, records: Sequence[ImportedPost]) -> None:
        wanted = {record.thread_key for record in records} - self.topic_of.keys() - self.started
        known = ImportedItem.objects.filter(source=self.source, thread_key__in=wanted, topic__isnull=False)
        found = dict(known.order_by("-pk").values_list("thread_key", "topic_id"))
        self.topic_of.update(found)
        self.continued.update(self.topic_of[key] for key in found)
        self.summary.topics_continued = len(self.continued)

    def _count_only(self, records: Sequence[ImportedPost]) -> None:
        self.started |= {record.thread_key for record in records} - self.topic_of.keys()
        self.summary.topics_made = len(self.started)

    def _keep(self, records: Sequence[ImportedPost], authors: dict[str, int | None]) -> None:
        threads = self._threads(records)
        locked = self._locked(threads)
        fresh_topics = [key for key in threads if key not in locked]
        numbers = self._numbers(records)
        old_topics = []
        for key, members in threads.items():
            topic = locked.get(key)
            before = topic.post_count if topic else 0
            for place, record in enumerate(members, start=before + 1):
                numbers[record.source_id] = (key, place)
            posts = [self._old_post(record, authors, numbers) for record in members]
            old_topics.append(OldTopic(title=members[0].title, posts=posts, topic=topic))
        kept = keep_archive(space=self.space, topics=old_topics)
        self.topic_of.update({key: old.topic.pk for key, old in zip(threads, kept, strict=True) if old.topic})
        self.summary.topics_made += len(fresh_topics)
        self._remember(list(threads.values()), kept)

    def _threads(self, records: Sequence[ImportedPost]) -> dict[str, list[ImportedPost]]:
        threads: dict[str, list[ImportedPost]] = {}
        for record in records:
            threads.setdefault(record.thread_key, []).append(record)
        return threads

    def _locked(self, threads: Iterable[str]) -> dict[str, Topic]:
        """The topics that go on; locked, so that a live answer at this moment and the import share no number."""
        ids = {key: self.topic_of[key] for key in threads if key in self.topic_of}
        rows = Topic.objects.select_for_update().filter(pk__in=ids.values()).order_by("pk")
        by_id = {topic.pk: topic for topic in rows}
        return {key: by_id[pk] for key, pk in ids.items() if pk in by_id}

    def _numbers(self, records: Sequence[ImportedPost]) -> dict[str, tuple[str, int]]:
        """Thread and number of the parents that earlier batches have kept."""
        parents = {record.parent_source_id for record in records if record.parent_source_id}
        rows = self._items(parents).filter(post__isnull=False)
        return {
            source_id: (thread_key, number or 0)
            for source_id, thread_key, number in rows.values_list("source_id", "thread_key", "post__number")
        }

    def _old_post(
        self, record: ImportedPost, authors: dict[str, int | None], numbers: dict[str, tuple[str, int]]
    ) -> OldPost:
        parent = numbers.get(record.parent_source_id or "")
        return OldPost(
            author_id=authors[record.author_key],
            words=render(record),
            written_at=record.written_at,
            lang=self.lang,
            reply_to=parent[1] if parent and parent[0] == record.thread_key else None,
            message_id=f"<{record.source_id}>"
            if "@" in record.source_id and "~" not in record.source_id
            else "",
        )

    def _remember(self, threads: Sequence[Sequence[ImportedPost]], kept: Sequence[OldTopic]) -> None:
        items = [
            ImportedItem(
                community=self.community,
                source=self.source,
                source_id=record.source_id,
                thread_key=record.thread_key,
                topic=old.topic,
                post=post,
                written_at=record.written_at,
                subject_key=record.subject_key,
                missing_parent=record.missing_parent,
                is_reply=record.is_reply,
            )
            for members, old in zip(threads, kept, strict=True)
            for record, post in zip(members, old.kept, strict=True)
        ]
        ImportedItem.objects.bulk_create(items, batch_size=BATCH)
