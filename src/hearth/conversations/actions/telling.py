"""Tell followers of a post."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.conversations.mails import post_words
from hearth.conversations.models import Follow, Post
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
    readers = audience(post)
    return tell(
        origin=f"post:{post.pk}",
        community=post.community,
        audience=readers,
        words=lambda: post_words(post, readers),
        now=now,
    )


def audience(post: Post) -> QuerySet[Member]:
    """Return who hears of this post: followers who may read it, without its author."""
    space = post.topic.space
    said = Follow.objects.filter(topic=post.topic, member=OuterRef("pk"))
    in_space = SpaceMember.objects.filter(space=space, member=OuterRef("pk"))
    wants = Q(Exists(said.filter(wants=True)))
    if post.number == 1:
        wants |= Q(Exists(in_space.filter(follows=True))) & ~Q(Exists(said.filter(wants=False)))
    people = Member.objects.filter(wants).exclude(pk=post.author_id or 0)
    return people if space.access == Access.OPEN else people.filter(Exists(in_space))
