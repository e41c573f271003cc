"""Lists of topics, and one topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.paginator import Page
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value

from hearth.communities.models import Community
from hearth.conversations import policy
from hearth.conversations.models import Follow, ReadMark, Topic
from hearth.conversations.subjects import PER_PAGE
from hearth.core.errors import NotFound
from hearth.core.pages import counted_page, slice_of
from hearth.core.prepared import Prepared, columns_of, instance_of
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

    @property
    def next_page(self) -> int:
        """The page on which the first post stands that the member has not read."""
        return (self.read or 0) // PER_PAGE + 1

    @property
    def facts(self) -> tuple[object, ...]:
        """Everything about the topic that a list shows, for `remember`."""
        about = (self.pk, self.title, self.last_post_at, self.author_name, self.author_photo, self.opening)
        return (*about, self.space_slug, self.space_name)


COLUMNS = [
    *("pk", "public_id", "title", "opening", "post_count", "last_post_at", "space__slug", "space__name"),
    *("last_author__public_id", "last_author__name", "last_author__photo__public_id", "read"),
]


def topics_in(space: Space, *, member: Member | None, page: int) -> Page[ListedTopic]:
    """Return one page of a readable space's topics, the last answered first (one query); NotFound past the last page."""
    return latest([space], member=member, page=page)


def latest(rooms: Sequence[Space], *, member: Member | None, page: int) -> Page[ListedTopic]:
    """Return one page of the topics of these readable spaces, the last answered first (one query)."""
    total = sum(space.topic_count for space in rooms)
    slice_of(page, per_page=TOPICS_PER_PAGE, total=total)
    numbers = {f"room{place}": space.pk for place, space in enumerate(rooms)}
    if member is not None:
        numbers["member"] = member.pk
    rows = _listing(len(rooms), page, member is not None).rows(**numbers) if rooms else []
    found = [ListedTopic(*row) for row in rows]
    return counted_page(found, number=page, per_page=TOPICS_PER_PAGE, total=total)


@lru_cache(maxsize=256)
def _listing(rooms: int, page: int, by_member: bool) -> Prepared:
    """Return the query of this page of the topics of so many spaces."""

    def build(**numbers: int) -> QuerySet[Topic, Any]:
        topics = Topic.objects.filter(space__in=[numbers[f"room{place}"] for place in range(rooms)])
        wanted = slice((page - 1) * TOPICS_PER_PAGE, page * TOPICS_PER_PAGE)
        return _in_order(_with_read(topics, numbers.get("member")))[wanted]

    return Prepared(build, *(f"room{place}" for place in range(rooms)), *(["member"] if by_member else []))


def new_for(member: Member, community: Community, *, most: int) -> list[ListedTopic]:
    """Return up to `most` topics with posts that the member has not read, the last answered first.

    What was said before the member came (an archive brought along) is there to be read, but is no news.
    """
    news = policy.visible_topics(member, community).filter(last_post_at__gte=member.joined_at)
    rows = _with_read(news, member.pk)
    unread = rows.filter(Q(read__isnull=True) | Q(read__lt=F("post_count"))).exclude(last_author=member)
    return [ListedTopic(*row) for row in _in_order(unread)[:most]]


def topic_by_id(member: Member | None, community: Community, public_id: str) -> Topic:
    """Return a topic that this reader may read, with its space, `read` and `wants`; NotFound otherwise (one query).

    read: how far the member has read; wants: whether answers are wanted, None where nothing was said yet.
    """
    if member is None:
        rows = _TOPIC.rows(public_id=public_id)
    else:
        rows = _TOPIC_OF_MEMBER.rows(public_id=public_id, member=member.pk)
    if not rows:
        raise NotFound("")
    row = rows[0]
    topic, topic.space = (
        instance_of(Topic, row[:_TOPIC_ENDS]),
        instance_of(Space, row[_TOPIC_ENDS:_SPACE_ENDS]),
    )
    if not spaces.reads(member, topic.space, community):
        raise NotFound("")
    topic.community = topic.space.community = community
    topic.read, topic.wants = row[_SPACE_ENDS:] or (None, None)  # type: ignore[attr-defined]  # read by the page
    return topic


def _by_public_id(public_id: str) -> QuerySet[Topic, Any]:
    rows = Topic.objects.filter(public_id=public_id)
    return rows.values_list(*columns_of(Topic), *columns_of(Space, behind="space"))


def _with_own(public_id: str, member: int) -> QuerySet[Topic, Any]:
    mine = {"topic": OuterRef("pk"), "member_id": member}
    read = Subquery(ReadMark.objects.filter(**mine).values("number")[:1])
    wants = Subquery(Follow.objects.filter(**mine).values("wants")[:1])
    return _by_public_id(public_id).annotate(own_read=read, own_wants=wants)


_TOPIC = Prepared(_by_public_id, texts=["public_id"])
_TOPIC_OF_MEMBER = Prepared(_with_own, "member", texts=["public_id"])
_TOPIC_ENDS = len(columns_of(Topic))
_SPACE_ENDS = _TOPIC_ENDS + len(columns_of(Space))


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


def _with_read(topics: QuerySet[Topic], member: int | None) -> QuerySet[Topic]:
    if member is None:
        return topics.annotate(read=Value(None, output_field=IntegerField()))
    marks = ReadMark.objects.filter(topic=OuterRef("pk"), member_id=member).values("number")
    return topics.annotate(read=Subquery(marks[:1]))


def _in_order(topics: QuerySet[Topic]) -> QuerySet[Topic, Any]:
    return topics.order_by("-last_post_at", "-pk").values_list(*COLUMNS)
