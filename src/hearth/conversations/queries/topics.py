"""Lists of topics."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from hearth.communities.models import Community
from hearth.conversations import policy
from hearth.conversations.models import Follow, ReadMark, Topic
from hearth.core.errors import NotFound
from hearth.members.models import Member
from hearth.spaces.models import Space

TOPICS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """One page of a list of topics. pages is 0 where the whole length is not known (only `more` is)."""

    topics: list[Topic]
    page: int
    pages: int
    more: bool


def topics_in(space: Space, *, member: Member | None, page: int) -> TopicsPage:
    """Return one page of a readable space's topics, the last answered first; NotFound past the last page."""
    pages = max(1, -(-space.topic_count // TOPICS_PER_PAGE))
    rows = _listed(Topic.objects.filter(space=space), member)
    return _page(rows, page, pages)


def latest(*, member: Member | None, community: Community, page: int) -> TopicsPage:
    """Return one page of the topics of all spaces that this reader may read, the last answered first."""
    rows = _listed(policy.visible_topics(member, community), member).select_related("space", "last_author")
    return _page(rows, page, 0)


def new_for(member: Member, community: Community, *, most: int) -> list[Topic]:
    """Return up to `most` topics with posts that the member has not read, the last answered first, with `read`."""
    rows = _listed(policy.visible_topics(member, community), member).select_related("space", "last_author")
    unread = rows.exclude(read__gte=F("post_count")).exclude(last_author=member)
    return list(unread[:most])


def topic_by_id(member: Member | None, community: Community, public_id: str) -> Topic:
    """Return a topic that this reader may read, with its space, `read` and `wants`; NotFound otherwise (one query)."""
    topic = (
        _listed(policy.visible_topics(member, community), member)
        .select_related("space")
        .annotate(wants=_wants(member))
        .filter(public_id=public_id)
        .first()
    )
    if topic is None:
        raise NotFound("")
    topic.community = community
    topic.space.community = community
    return topic


def topic_in(member: Member | None, community: Community, space: str, public_id: str) -> Topic:
    """Return a readable topic by its address; NotFound also where it stands in another space."""
    topic = topic_by_id(member, community, public_id)
    if topic.space.slug != space:
        raise NotFound("")
    return topic


def _listed(topics: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    """Add `read` (number of the last post read, or None) and the order of lists."""
    marks = ReadMark.objects.filter(topic=OuterRef("pk"), member=member).values("number")
    return (
        topics.select_related("last_author")
        .annotate(read=Subquery(marks[:1]))
        .order_by("-last_post_at", "-pk")
    )


def _wants(member: Member | None) -> Subquery:
    return Subquery(Follow.objects.filter(topic=OuterRef("pk"), member=member).values("wants")[:1])


def _page(rows: QuerySet[Topic], page: int, pages: int) -> TopicsPage:
    start = (page - 1) * TOPICS_PER_PAGE
    found = list(rows[start : start + TOPICS_PER_PAGE + 1])
    if page > 1 and not found:
        raise NotFound("")
    return TopicsPage(found[:TOPICS_PER_PAGE], page, pages, len(found) > TOPICS_PER_PAGE)
