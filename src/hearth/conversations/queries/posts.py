"""One topic's posts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from hearth.communities.models import Community
from hearth.conversations import policy
from hearth.conversations.enums import Via
from hearth.conversations.models import Post, PostVersion, Topic
from hearth.conversations.subjects import PER_PAGE
from hearth.core.errors import NotFound
from hearth.core.pages import counted_page, slice_of
from hearth.core.prepared import Prepared
from hearth.files.models import File
from hearth.files.queries import files_of
from hearth.members.enums import Role
from hearth.members.models import Member


@dataclass(slots=True)
class ReadPost:
    """A post as a page shows it: plain values in the order of COLUMNS, since twenty of them are made for each reader."""

    pk: int
    public_id: str
    number: int
    version: int
    body_html: str
    lang: str
    via: str
    written_at: datetime
    edited_at: datetime | None
    edit_note: str
    has_files: bool
    author_id: int | None
    author_key: str | None
    author_name: str | None
    author_standing: str | None
    author_photo: str | None
    author_roles: tuple[bool | None, ...]
    files: list[File] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        """Whether anything stands below the words: files, the way by which it came, what was changed."""
        return bool(self.files or self.edit_note or self.via != Via.WEB)

    @property
    def role(self) -> str:
        """The author's first role in words; empty where there is none."""
        if not any(self.author_roles):
            return ""
        return next((str(role.label) for role, has in zip(Role, self.author_roles, strict=True) if has), "")


COLUMNS = [
    *(
        "pk",
        "public_id",
        "number",
        "version",
        "body_html",
        "lang",
        "via",
        "written_at",
        "edited_at",
        "edit_note",
    ),
    *(
        "has_files",
        "author_id",
        "author__public_id",
        "author__name",
        "author__standing",
        "author__photo__public_id",
    ),
]
ROLE_COLUMNS = [f"author__is_{role.value}" for role in Role]


def _between(topic: int, after: int, last: int) -> QuerySet[Post, Any]:
    rows = Post.objects.filter(topic_id=topic, number__gt=after, number__lte=last)
    return rows.order_by("number").values_list(*COLUMNS, *ROLE_COLUMNS)


_PAGE = Prepared(_between, "topic", "after", "last")


def topic_page(topic: Topic, *, page: int) -> Page[ReadPost]:
    """Return one page of a readable topic's posts with authors and files; NotFound past the last page.

    One query; a second one where a post of the page has files.
    """
    slice_of(page, per_page=PER_PAGE, total=topic.post_count)
    rows = _PAGE.rows(topic=topic.pk, after=(page - 1) * PER_PAGE, last=page * PER_PAGE)
    split = len(COLUMNS)
    posts = [ReadPost(*(*row[:split], row[split:])) for row in rows]
    _add_files([post for post in posts if post.has_files])
    return counted_page(posts, number=page, per_page=PER_PAGE, total=topic.post_count)


def _add_files(posts: list[ReadPost]) -> None:
    if not posts:
        return
    by_post = {post.pk: post for post in posts}
    for file in files_of("post", list(by_post)):
        by_post[file.subject_id or 0].files.append(file)


def page_of_number(number: int) -> int:
    """Return on which page the post with this number stands."""
    return max(1, -(-number // PER_PAGE))


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
