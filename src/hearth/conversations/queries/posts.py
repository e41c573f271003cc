"""One topic's posts."""

from django.core.paginator import Page
from django.db.models import QuerySet

from hearth.communities.models import Community
from hearth.conversations import policy
from hearth.conversations.models import Attachment, Post, PostVersion, Topic
from hearth.core.errors import NotFound
from hearth.core.pages import counted_page, slice_of
from hearth.members.models import Member

PER_PAGE = 20


def topic_page(topic: Topic, *, page: int) -> Page[Post]:
    """Return one page of a readable topic's posts with authors and files, in two queries; NotFound past the last page."""
    slice_of(page, per_page=PER_PAGE, total=topic.post_count)
    numbers = {"number__gt": (page - 1) * PER_PAGE, "number__lte": page * PER_PAGE}
    rows = Post.objects.filter(topic=topic, **numbers).defer("source", "body_text").select_related("author")
    posts = list(rows.order_by("number"))
    files = attachments_of(posts)
    for post in posts:
        post.topic = topic
        post.files = files.get(post.pk, [])  # type: ignore[attr-defined]  # read by the page
    return counted_page(posts, number=page, per_page=PER_PAGE, total=topic.post_count)


def page_of_number(number: int) -> int:
    """Return on which page the post with this number stands."""
    return max(1, -(-number // PER_PAGE))


def attachments_of(posts: list[Post]) -> dict[int, list[Attachment]]:
    """Return the files of these posts by post (one query, whatever their number)."""
    found: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.filter(post__in=[post.pk for post in posts]).select_related("file").order_by("pk")
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return found


def post_by_id(member: Member | None, community: Community, public_id: str) -> Post:
    """Return a post that this reader may read, with its topic and space; NotFound otherwise."""
    rows = policy.visible_posts(member, community).select_related("topic__space", "author")
    post = rows.filter(public_id=public_id).first()
    if post is None:
        raise NotFound("")
    post.community = post.topic.community = post.topic.space.community = community
    return post


def versions_of(post: Post) -> QuerySet[PostVersion]:
    """Return what the post said before, newest first."""
    return PostVersion.objects.filter(post=post).select_related("edited_by").order_by("-version")
