"""Who may read, start, answer and edit."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.conversations.models import Post, Topic
from hearth.core.verdicts import YES, Verdict, no
from hearth.members.models import Member
from hearth.spaces import policy as spaces
from hearth.spaces.models import Space

FREE_EDIT = timedelta(minutes=30)


def visible_topics(member: Member | None, community: Community) -> QuerySet[Topic]:
    """Return the topics of every space that this reader may read."""
    return Topic.objects.filter(space__in=spaces.readable_spaces(member, community))


def visible_posts(member: Member | None, community: Community) -> QuerySet[Post]:
    """Return the posts of every topic that this reader may read."""
    return Post.objects.filter(topic__space__in=spaces.readable_spaces(member, community))


def can_start(member: Member | None, space: Space) -> Verdict:
    """Say whether the member may start a conversation in this space."""
    return spaces.can_write(member, space)


def can_answer(member: Member | None, topic: Topic) -> Verdict:
    """Say whether the member may answer in this topic (one that is visible to the member)."""
    return spaces.can_write(member, topic.space)


def can_edit(member: Member | None, post: Post) -> Verdict:
    """Say whether the member may change this post: its author only, at any time (see `needs_note`)."""
    if member is not None and post.author_id == member.pk:
        return YES
    return no(_("Only the person who wrote this can change it."))


def can_see_versions(member: Member | None, post: Post) -> Verdict:
    """Say whether the member may read what a post said before: whoever is a member and may read the post."""
    return YES if member is not None else no(_("Sign in to see earlier versions."))


def needs_note(post: Post, now: datetime) -> bool:
    """Say whether a change of this post now needs a note: from 30 minutes after it was written."""
    return now - post.written_at > FREE_EDIT
