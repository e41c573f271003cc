"""Answer, and change what one wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.conversations import policy
from hearth.conversations.actions.following import keep_follow, mark_read
from hearth.conversations.enums import Via
from hearth.conversations.models import Draft, Post, PostVersion, Topic
from hearth.conversations.subjects import search_entry
from hearth.conversations.words import OPENING_LETTERS, Words, words
from hearth.core.errors import Conflict, Invalid
from hearth.core.prepared import Prepared
from hearth.core.text import excerpt
from hearth.files.actions import attach
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.search.actions import index


@dataclass(frozen=True, slots=True)
class Letter:
    """One post before it is kept: who writes, what, by which way, answering which post (its number), with which files."""

    by: Member
    words: Words
    via: Via = Via.WEB
    reply_to: int | None = None
    files: tuple[int, ...] = ()


def answer(
    *,
    by: Member,
    topic: Topic,
    text: str,
    now: datetime,
    via: Via = Via.WEB,
    reply_to: int | None = None,
    files: tuple[int, ...] = (),
) -> Post:
    """Add a post at the end of a topic; its author follows the topic, its other followers hear of it.

    Refuses who may not write here, and empty or far too long words. Records `post_written`. What was written on the page
    takes the place of the author's draft; a draft there is not touched by an answer that came another way.
    """
    policy.can_answer(by, topic).require()
    letter = Letter(by=by, words=words(text), via=via, reply_to=reply_to, files=files)
    # Within a caller's transaction all of it falls together, so it needs no savepoint of its own.
    with transaction.atomic(savepoint=False):
        return keep_post(topic=topic, letter=letter, now=now)


def keep_post(*, topic: Topic, letter: Letter, now: datetime) -> Post:
    """Write the post, its place, its index entry and its happening. Inside the caller's transaction."""
    # Two answers at one moment wait here for each other, so that numbers have no gap and no double.
    ((post_count, last_post_at),) = _LOCKED.rows(topic=topic.pk)
    post = _new_post(topic, letter, post_count + 1, now)
    last = max(last_post_at, now)
    Topic.objects.filter(pk=topic.pk).update(
        post_count=post.number, last_post_at=last, last_author_id=letter.by.pk
    )
    topic.post_count, topic.last_post_at, topic.last_author_id = post.number, last, letter.by.pk
    _attach_files(post, letter)
    index([search_entry(post, topic)])
    keep_follow(topic=topic, member=letter.by, now=now)
    mark_read(by=letter.by, topic=topic, number=post.number, now=now)
    if letter.via == Via.WEB:
        # What came by mail was not typed on the page: a draft that waits there is another text.
        Draft.objects.filter(member=letter.by, place=draft_place(topic, post)).delete()
    happenings.record(
        "post_written",
        community=topic.community,
        by=letter.by.pk,
        subject_kind="post",
        subject_id=post.pk,
        via=letter.via,
        now=now,
    )
    return post


def _locked(topic: int) -> QuerySet[Topic, Any]:
    return Topic.objects.select_for_update().filter(pk=topic).values_list("post_count", "last_post_at")


_LOCKED = Prepared(_locked, "topic")


def _new_post(topic: Topic, letter: Letter, number: int, now: datetime) -> Post:
    post = Post(
        community_id=topic.community_id,
        topic=topic,
        number=number,
        author=letter.by,
        source=letter.words.source,
        source_format=letter.words.source_format,
        body_html=letter.words.html,
        body_text=letter.words.text,
        has_files=bool(letter.files),
        lang=_language_of(letter.by, topic),
        via=letter.via,
        reply_to=letter.reply_to,
        written_at=now,
    )
    post.message_id = f"<{post.public_id}@{settings.MAIL_DOMAIN}>"
    post.save(force_insert=True)
    return post


def draft_place(topic: Topic, post: Post) -> str:
    """Return where the draft of this post was kept: with the space for a first post, else with the topic."""
    return f"space:{topic.space_id}" if post.number == 1 else f"topic:{topic.pk}"


def _language_of(member: Member, topic: Topic) -> str:
    return str(member.languages[0]) if member.languages else str(topic.community.language)


def _attach_files(post: Post, letter: Letter) -> None:
    for file_id in letter.files:
        attach(file_id=file_id, owner_id=letter.by.pk, subject_kind="post", subject_id=post.pk)


def edit_post(*, by: Member, post: Post, text: str, version: int, note: str = "", now: datetime) -> Post:
    """Change the words of one's own post and keep what it said before.

    Within 30 minutes of writing it needs nothing; later it needs a note that readers see. `version` is the one that the
    writer saw: if somebody (another device) changed the post meanwhile this is a Conflict, and both texts are there to
    compare. Records `post_edited`. The same words again change nothing.
    """
    policy.can_edit(by, post).require()
    kept = words(text, source_format=post.source_format)  # type: ignore[arg-type]  # a TextChoices value
    with transaction.atomic():
        locked = Post.objects.select_for_update().select_related("topic__space").get(pk=post.pk)
        if locked.version != version:
            raise Conflict(
                _("This post was changed meanwhile. Both versions are below: keep what you need of each.")
            )
        if locked.source == kept.source:
            return locked
        if policy.needs_note(locked, now) and not note.strip():
            raise Invalid(_("Say in a few words what you changed. Others may have answered already."))
        _keep_version(locked, by)
        locked.source, locked.body_html, locked.body_text = kept.source, kept.html, kept.text
        locked.version, locked.edited_at, locked.edit_note = version + 1, now, note.strip()[:200]
        locked.save()
        if locked.number == 1:
            # Lists show how a conversation begins: what its author took back must not go on standing there.
            Topic.objects.filter(pk=locked.topic_id).update(opening=excerpt(kept.text, OPENING_LETTERS))
        index([search_entry(locked, locked.topic)])
        happenings.record(
            "post_edited",
            community=locked.community,
            by=by.pk,
            subject_kind="post",
            subject_id=locked.pk,
            now=now,
        )
    return locked


def _keep_version(post: Post, by: Member) -> None:
    PostVersion.objects.create(
        community_id=post.community_id,
        post=post,
        version=post.version,
        source=post.source,
        body_html=post.body_html,
        written_at=post.edited_at or post.written_at,
        edited_by=by,
    )
