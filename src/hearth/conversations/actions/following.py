"""What a member has read and wants to hear of."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.conversations.models import Follow, ReadMark, Topic
from hearth.conversations.tokens import read_stop_token
from hearth.core.errors import NotFound
from hearth.core.tenancy import across_communities, tenant
from hearth.members.models import Member


def mark_read(*, by: Member, topic: Topic, number: int, now: datetime) -> None:
    """Remember that the member has read the topic up to this post. It only ever goes forward."""
    number = min(number, topic.post_count)
    moved = ReadMark.objects.filter(member=by, topic=topic, number__lt=number).update(
        number=number, read_at=now
    )
    if not moved:
        ReadMark.objects.bulk_create(
            [ReadMark(community_id=topic.community_id, member=by, topic=topic, number=number, read_at=now)],
            ignore_conflicts=True,
        )


def keep_follow(*, topic: Topic, member: Member, now: datetime) -> None:
    """Let the member follow the topic unless the member has said something about it already."""
    if getattr(topic, "wants", None) is not None:
        # Read with the topic for this member (`queries.topic_by_id`): there is a row, and rows stay.
        return
    Follow.objects.bulk_create(
        [Follow(community_id=topic.community_id, topic=topic, member=member, since=now)],
        ignore_conflicts=True,
    )


def follow(*, by: Member, topic: Topic, now: datetime) -> None:
    """Let answers in this topic come to the member."""
    _set(by, topic, wants=True, now=now)


def stop_following(*, by: Member, topic: Topic, now: datetime) -> None:
    """Let no further answers in this topic come to the member."""
    _set(by, topic, wants=False, now=now)


def follow_nothing_by_link(*, token: str, now: datetime) -> Topic:
    """Stop following by the link in a mail, without signing in (RFC 8058). NotFound for a token that is not ours."""
    member_id, topic_id = read_stop_token(token)
    with across_communities():
        # The token names its two rows; the community is the topic's.
        topic = Topic.objects.select_related("community", "space").filter(pk=topic_id).first()
        member = Member.objects.filter(pk=member_id).first()
    if topic is None or member is None or member.community_id != topic.community_id:
        raise NotFound(_("This link is not complete. Copy the whole line from the e-mail."))
    with tenant(topic.community):
        stop_following(by=member, topic=topic, now=now)
    return topic


def _set(member: Member, topic: Topic, *, wants: bool, now: datetime) -> None:
    with transaction.atomic():
        Follow.objects.update_or_create(
            topic=topic,
            member=member,
            defaults={"wants": wants, "since": now, "community_id": topic.community_id},
        )
