"""What a post is, for search, files and mail."""

from typing import TYPE_CHECKING, Any

from hearth.conversations import policy
from hearth.conversations.models import Post, Topic
from hearth.core.subjects import Subject
from hearth.core.tenancy import current_community
from hearth.search.actions import Entry

if TYPE_CHECKING:
    from hearth.members.models import Member


def search_entry(post: Post, topic: Topic) -> Entry:
    """Return what the search index keeps of a post; the title counts for the first post only."""
    return Entry(
        subject_kind="post",
        subject_id=post.pk,
        audience=f"space:{topic.space_id}",
        title=topic.title if post.number == 1 else "",
        body_text=post.body_text,
        lang=post.lang,
        author_id=post.author_id,
        written_at=post.written_at,
    )


def _path(post_id: int) -> str:
    post = Post.objects.select_related("topic__space").get(pk=post_id)
    return f"talk/{post.topic.space.slug}/{post.topic.public_id}/#p{post.number}"


def _can_see(member: "Member | None", post_id: int) -> bool:
    community: Any = current_community()
    return policy.visible_posts(member, community).filter(pk=post_id).exists()


POST = Subject(kind="post", path=_path, can_see=_can_see)
