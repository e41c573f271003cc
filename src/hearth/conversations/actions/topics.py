"""Start a conversation."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from hearth.conversations import policy
from hearth.conversations.actions.posts import Letter, keep_post
from hearth.conversations.enums import Via
from hearth.conversations.models import Topic
from hearth.conversations.words import OPENING_LETTERS, title_for, words
from hearth.core.text import excerpt
from hearth.members.models import Member
from hearth.spaces.models import Space


def start_topic(
    *,
    by: Member,
    space: Space,
    title: str,
    text: str,
    now: datetime,
    via: Via = Via.WEB,
    files: tuple[int, ...] = (),
) -> Topic:
    """Start a conversation with its first post; the starter follows it, followers of the space hear of it.

    Without a title the first words become one. Refuses who may not write here, and empty or far too long words.
    Records `post_written`.
    """
    policy.can_start(by, space).require()
    kept = words(text)
    with transaction.atomic():
        topic = Topic.objects.create(
            community_id=space.community_id,
            space=space,
            title=title_for(title, kept.text),
            author=by,
            started_at=now,
            last_post_at=now,
            last_author=by,
            opening=excerpt(kept.text, OPENING_LETTERS),
        )
        type(space).objects.filter(pk=space.pk).update(topic_count=F("topic_count") + 1)
        keep_post(topic=topic, letter=Letter(by=by, words=kept, via=via, files=files), now=now)
    return topic
