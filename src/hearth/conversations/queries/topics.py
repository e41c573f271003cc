"""Lists of topics, and one topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value

from hearth.communities.models import Community
from hearth.conversations import policy
from hearth.conversations.models import Follow, ReadMark, Topic
from hearth.core.errors import NotFound
from hearth.core.pages import counted_page, slice_of
from hearth.core.tenancy import across_communities
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.spaces import policy as spaces
from hearth.spaces.models import Space

TOPICS_PER_PAGE = 20


@dataclass(slots=True)
class ListedTopic:
    """A topic as a list shows it: plain values in the order of COLUMNS. read: number of the last post read, or None."""

    pk: int
    public_id: str
    title: str
    opening: str
    post_count: int
    last_post_at: datetime
    space_slug: str
    space_name: str
    author_key: str | None
    author_name: str | None
    author_photo: str | None
    read: int | None


COLUMNS = [
    *("pk", "public_id", "title", "opening", "post_count", "last_post_at", "space__slug", "space__name"),
    *("last_author__public_id", "last_author__name", "last_author__photo__public_id", "read"),
]


def topics_in(space: Space, *, member: Member | None, page: int) -> Page[ListedTopic]:
    """Return one page of a readable space's topics, the last answered first (one query); NotFound past the last page."""
    return _page(Topic.objects.filter(space_id=space.pk), member, page, space.topic_count)


def latest(rooms: Sequence[Space], *, member: Member | None, page: int) -> Page[ListedTopic]:
    """Return one page of the topics of these readable spaces, the last answered first (one query)."""
    total = sum(space.topic_count for space in rooms)
    return _page(Topic.objects.filter(space__in=[space.pk for space in rooms]), member, page, total)


def new_for(member: Member, community: Community, *, most: int) -> list[ListedTopic]:
    """Return up to `most` topics with posts that the member has not read, the last answered first."""
    rows = _with_read(policy.visible_topics(member, community), member)
    unread = rows.filter(Q(read__isnull=True) | Q(read__lt=F("post_count"))).exclude(last_author=member)
    return [ListedTopic(*row) for row in _in_order(unread)[:most]]


def topic_by_id(member: Member | None, community: Community, public_id: str) -> Topic:
    """Return a topic that this reader may read, with its space, `read` and `wants`; NotFound otherwise."""
    topic = Topic.objects.select_related("space").filter(public_id=public_id).first()
    if topic is None or not spaces.reads(member, topic.space, community):
        raise NotFound("")
    topic.community = topic.space.community = community
    topic.read, topic.wants = _own(member, topic)  # type: ignore[attr-defined]  # read by the page
    return topic


def _own(member: Member | None, topic: Topic) -> tuple[int | None, bool | None]:
    """Return how far the member has read, and whether answers are wanted (None: nothing said yet)."""
    if member is None:
        return None, None
    mine = {"member_id": member.pk, "topic_id": topic.pk}
    read = ReadMark.objects.filter(**mine).values_list("number", flat=True).first()
    return read, Follow.objects.filter(**mine).values_list("wants", flat=True).first()


def topic_in(member: Member | None, community: Community, space: str, public_id: str) -> Topic:
    """Return a readable topic by its address; NotFound also where it stands in another space."""
    topic = topic_by_id(member, community, public_id)
    if topic.space.slug != space:
        raise NotFound("")
    return topic


def reply_place(*, member_id: int, topic_id: int) -> tuple[Member, Topic] | None:
    """Return the two rows that a reply address names; None unless both are there, of one community, the member active."""
    with across_communities():  # the address names its two rows; the community is the topic's
        member = (
            Member.objects.filter(pk=member_id, standing=Standing.ACTIVE).select_related("account").first()
        )
        topic = Topic.objects.filter(pk=topic_id).select_related("space", "community").first()
    if member is None or topic is None or member.community_id != topic.community_id:
        return None
    return member, topic


def _with_read(topics: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    marks = ReadMark.objects.filter(topic=OuterRef("pk"), member=member).values("number")
    read = Subquery(marks[:1]) if member else Value(None, output_field=IntegerField())
    return topics.annotate(read=read)


def _in_order(topics: QuerySet[Topic]) -> QuerySet[Topic, Any]:
    return topics.order_by("-last_post_at", "-pk").values_list(*COLUMNS)


def _page(rows: QuerySet[Topic], member: Member | None, number: int, total: int) -> Page[ListedTopic]:
    wanted = slice_of(number, per_page=TOPICS_PER_PAGE, total=total)
    found = [ListedTopic(*row) for row in _in_order(_with_read(rows, member))[wanted]]
    return counted_page(found, number=number, per_page=TOPICS_PER_PAGE, total=total)
