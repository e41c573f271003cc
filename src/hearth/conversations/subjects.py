"""What a post is, for search, files and mail."""

from collections.abc import Collection, Mapping, Sequence
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.conversations import policy
from hearth.conversations.models import Post, Topic
from hearth.core.prepared import Prepared
from hearth.core.subjects import Subject
from hearth.core.tenancy import current_community
from hearth.search.actions import Entry
from hearth.search.visibility import Shown

if TYPE_CHECKING:
    from hearth.members.models import Member

PER_PAGE = 20


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


def show_posts(ids: Sequence[int]) -> Mapping[int, Shown]:
    """Return how found posts are shown: topic, address, space and author (one query)."""
    rows = [row for some in batched(ids, _AT_ONCE) for row in _SHOWN.rows(**_numbered(some))]
    return {
        pk: Shown(title=title, path=path_of(slug, key, number), place=place, **_by(author, author_key))
        for pk, number, title, key, slug, place, author, author_key in rows
    }


# As many as a page of search holds. Where fewer are asked for, the first stands for the rest.
_AT_ONCE = 20
_NAMES = [f"post{place}" for place in range(_AT_ONCE)]


def _numbered(ids: Sequence[int]) -> dict[str, int]:
    return dict(zip(_NAMES, [*ids, *[ids[0]] * (_AT_ONCE - len(ids))], strict=True))


def _posts(**posts: int) -> QuerySet[Post, Any]:
    where = "topic__title", "topic__public_id", "topic__space__slug", "topic__space__name"
    rows = Post.objects.filter(pk__in=list(posts.values()))
    return rows.values_list("pk", "number", *where, "author__name", "author__public_id")


_SHOWN = Prepared(_posts, *_NAMES)


def _by(author: str | None, key: str | None) -> dict[str, str]:
    return {"person": author or _("Former member"), "person_key": key or ""}


def path_of(space: str, topic: str, number: int) -> str:
    """Return where a post stands inside its community, by its space's path name, its topic's public id and its number."""
    page = max(1, -(-number // PER_PAGE))
    return f"talk/{space}/{topic}/{f'?page={page}' if page > 1 else ''}#p{number}"


def _path(post_id: int) -> str:
    post = Post.objects.select_related("topic__space").get(pk=post_id)
    return path_of(post.topic.space.slug, post.topic.public_id, post.number)


def _visible(member: "Member | None", posts: Collection[int]) -> set[int]:
    community: Any = current_community()
    return set(policy.visible_posts(member, community).filter(pk__in=posts).values_list("pk", flat=True))


POST = Subject(kind="post", path=_path, visible=_visible)
