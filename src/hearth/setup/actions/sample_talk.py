"""Bring the spaces and the conversations of a sample community."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hearth.communities.models import Community
from hearth.conversations.actions import OldPost, OldTopic, keep_archive
from hearth.conversations.enums import Via
from hearth.conversations.models import Follow, ReadMark, Topic
from hearth.conversations.words import words
from hearth.members.models import Member
from hearth.purpose.queries import goals
from hearth.setup import sample_files as files
from hearth.setup.actions.sample_people import Cast
from hearth.spaces.actions import let_in, open_space
from hearth.spaces.enums import Access
from hearth.spaces.models import Space

# Members of the sample have read what is older than this; so Today has something new for everyone.
READ_UNTIL = timedelta(days=9)


def bring_spaces(community: Community, cast: Cast, *, now: datetime) -> None:
    """Make the spaces with their hosts, members and conversations."""
    by_place = {goal.place: goal for goal in goals(community)}
    for room in files.spaces(community.slug):
        space = open_space(
            by=None,
            community=community,
            name=room["name"],
            slug=room["slug"],
            purpose_line=room["purpose_line"],
            guidelines=room["guidelines"],
            access=Access(room["access"]),
            goal=by_place.get(room["goal"]),
            now=now,
        )
        for key in [*room["hosts"], *room["members"]]:
            member = cast[f"{community.slug}/{key}"]
            let_in(member=member, space=space, now=now, is_host=key in room["hosts"])
        _bring_topics(community, space, cast, now)


def _bring_topics(community: Community, space: Space, cast: Cast, now: datetime) -> None:
    said = files.topics(community.slug, space.slug)
    kept = keep_archive(space=space, topics=[_topic(community, cast, one, now) for one in said])
    follows, marks = [], []
    for one, old in zip(said, kept, strict=True):
        assert old.topic is not None  # keep_archive fills it in
        people = {
            cast[f"{community.slug}/{key}"] for key in [*one["followers"], *(p["by"] for p in one["posts"])]
        }
        follows += [_follow(old.topic, member) for member in people]
        marks += [_mark(old, member, now) for member in people]
    Follow.objects.bulk_create(follows, batch_size=500)
    ReadMark.objects.bulk_create([mark for mark in marks if mark.number], batch_size=500)


def _topic(community: Community, cast: Cast, one: dict[str, Any], now: datetime) -> OldTopic:
    zone = ZoneInfo(community.time_zone)
    posts = [
        OldPost(
            author_id=cast[f"{community.slug}/{post['by']}"].pk,
            words=words(post["text"]),
            written_at=_moment(post, zone, now),
            lang=post.get("lang") or one.get("lang") or community.language,
            via=Via(post.get("via", Via.WEB)),
        )
        for post in one["posts"]
    ]
    return OldTopic(title=one["title"], posts=posts)


def _moment(post: dict[str, Any], zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date() - timedelta(days=post["days_ago"])
    return datetime.combine(day, time.fromisoformat(post["at"]), tzinfo=zone)


def _follow(topic: Topic, member: Member) -> Follow:
    return Follow(community_id=topic.community_id, topic=topic, member=member, since=topic.started_at)


def _mark(old: OldTopic, member: Member, now: datetime) -> ReadMark:
    assert old.topic is not None  # keep_archive fills it in
    own = [post.number for post in old.kept if post.author_id == member.pk]
    read = [post.number for post in old.kept if post.written_at < now - READ_UNTIL]
    return ReadMark(
        community_id=old.topic.community_id,
        member=member,
        topic=old.topic,
        number=max([*own, *read], default=0),
        read_at=now,
    )
