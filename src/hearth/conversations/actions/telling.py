"""Tell followers of a post."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.conversations.mails import post_words
from hearth.conversations.models import Follow, Post
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.notices.actions import tell
from hearth.spaces.enums import Access
from hearth.spaces.models import SpaceMember


def tell_of_post(*, post_id: int, now: datetime) -> int:
    """Plan a mail to everyone who follows what this post belongs to, its author excepted; return how many.

    An answer goes to the topic's followers; a first post also to the followers of the space. Only people who may read the
    space hear of it. Calling it again plans nothing twice.
    """
    post = Post.objects.select_related("topic__space", "author", "community").filter(pk=post_id).first()
    if post is None:
        return 0
    return tell(
        origin=f"post:{post.pk}",
        community=post.community,
        audience=audience(post),
        words=lambda: post_words(post, followers(post)),
        now=now,
    )


def audience(post: Post) -> QuerySet[Member]:
    """Return who hears of this post: followers who may read it, without its author."""
    said = Follow.objects.filter(topic=post.topic, member=OuterRef("pk"))
    wants = Q(Exists(said.filter(wants=True)))
    if post.number == 1:
        in_space = SpaceMember.objects.filter(space=post.topic.space, member=OuterRef("pk"))
        wants |= Q(Exists(in_space.filter(follows=True))) & ~Q(Exists(said.filter(wants=False)))
    return _may_read(Member.objects.filter(wants), post).exclude(pk=post.author_id or 0)


def followers(post: Post) -> QuerySet[Member]:
    """Return who hears of an answer to this post: the followers of its topic who may read it, its author with them."""
    said = Follow.objects.filter(topic=post.topic, member=OuterRef("pk"), wants=True)
    return _may_read(Member.objects.filter(Exists(said), standing=Standing.ACTIVE), post)


def _may_read(people: QuerySet[Member], post: Post) -> QuerySet[Member]:
    space = post.topic.space
    if space.access == Access.OPEN:
        return people
    return people.filter(Exists(SpaceMember.objects.filter(space=space, member=OuterRef("pk"))))
