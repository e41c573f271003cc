"""Bring conversations along from elsewhere: in bulk, at the times at which they happened, without telling anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hearth.conversations.enums import Via
from hearth.conversations.models import Post, Topic
from hearth.conversations.subjects import search_entry
from hearth.conversations.words import OPENING_LETTERS, Words, title_for
from hearth.core.ids import id_at
from hearth.core.text import excerpt
from hearth.search.actions import index
from hearth.spaces.models import Space


@dataclass(slots=True)
class OldPost:
    """A post from elsewhere. reply_to: the number, in the topic, of the post that it answers."""

    author_id: int | None
    words: Words
    written_at: datetime
    lang: str = ""
    via: Via = Via.IMPORT
    reply_to: int | None = None
    message_id: str = ""


@dataclass(slots=True)
class OldTopic:
    """Posts of one conversation in their order; `topic` is set where they continue one that is here already."""

    title: str
    posts: list[OldPost]
    topic: Topic | None = None
    kept: list[Post] = field(default_factory=list)


def keep_archive(*, space: Space, topics: Sequence[OldTopic]) -> list[OldTopic]:
    """Write conversations with a handful of statements, however many; return them with `topic` and `kept` filled in.

    Posts are numbered in the order given and stand in the search index. No happening is recorded and nobody is told: the
    caller records one for the whole. Nobody's permission is asked: the caller has.
    """
    with transaction.atomic():
        fresh = [old for old in topics if old.topic is None]
        continued = [old for old in topics if old.topic is not None]
        posts = [
            post for old in continued for post in _posts_of(old, old.topic.post_count if old.topic else 0)
        ]
        for old, topic in zip(fresh, _new_topics(space, fresh), strict=True):
            old.topic = topic
            posts += _posts_of(old, 0)
        Post.objects.bulk_create(posts, batch_size=500)
        index([search_entry(post, post.topic) for post in posts])
        _keep_last(continued)
        Space.objects.filter(pk=space.pk).update(topic_count=F("topic_count") + len(fresh))
    return list(topics)


def _new_topics(space: Space, topics: Sequence[OldTopic]) -> list[Topic]:
    return Topic.objects.bulk_create([_new_topic(space, old) for old in topics], batch_size=500)


def _new_topic(space: Space, old: OldTopic) -> Topic:
    first, last = old.posts[0], max(old.posts, key=lambda post: post.written_at)
    return Topic(
        public_id=_id_for(first.written_at),
        community_id=space.community_id,
        space=space,
        title=title_for(old.title, first.words.text),
        author_id=first.author_id,
        started_at=first.written_at,
        post_count=len(old.posts),
        last_post_at=last.written_at,
        last_author_id=last.author_id,
        opening=excerpt(first.words.text, OPENING_LETTERS),
    )


def _posts_of(old: OldTopic, before: int) -> list[Post]:
    topic = old.topic
    assert topic is not None  # filled in by keep_archive
    old.kept = [_post(topic, before + place, post) for place, post in enumerate(old.posts, start=1)]
    return old.kept


def _post(topic: Topic, number: int, old: OldPost) -> Post:
    public_id = _id_for(old.written_at)
    return Post(
        public_id=public_id,
        community_id=topic.community_id,
        topic=topic,
        number=number,
        author_id=old.author_id,
        source=old.words.source,
        source_format=old.words.source_format,
        body_html=old.words.html,
        body_text=old.words.text,
        lang=old.lang,
        via=old.via,
        reply_to=old.reply_to,
        message_id=old.message_id[:255] or f"<{public_id}@{settings.MAIL_DOMAIN}>",
        written_at=old.written_at,
    )


def _id_for(moment: datetime) -> str:
    return id_at(int(moment.timestamp() * 1000))


def _keep_last(continued: Iterable[OldTopic]) -> None:
    for old in continued:
        topic = old.topic
        assert topic is not None  # these were here before
        last = max(old.posts, key=lambda post: post.written_at)
        changes: dict[str, object] = {"post_count": F("post_count") + len(old.posts)}
        if last.written_at >= topic.last_post_at:
            changes |= {"last_post_at": last.written_at, "last_author_id": last.author_id}
        Topic.objects.filter(pk=topic.pk).update(**changes)
