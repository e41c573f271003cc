"""A member claims what he or she wrote in an archive."""

from datetime import datetime

from django.db import transaction

from hearth.conversations.models import Post, Topic
from hearth.conversations.subjects import search_entry
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.search.actions import index
from hearth.transfer import policy
from hearth.transfer.models import GuestAuthor

BATCH = 500


def claim_guest(*, by: Member, member: Member, now: datetime) -> int:
    """Make the posts and topics of the guest `member` those of `by`; return how many posts.

    Refuses unless `by` has proved to read an address from which the guest wrote. The guest's row goes; later imports name
    `by` as the author. Records `guest_claimed`.
    """
    policy.can_claim(by, member).require()
    with transaction.atomic():
        posts = Post.objects.filter(author=member)
        ids = list(posts.values_list("pk", flat=True))
        posts.update(author=by)
        Topic.objects.filter(author=member).update(author=by)
        Topic.objects.filter(last_author=member).update(last_author=by)
        for start in range(0, len(ids), BATCH):
            moved = Post.objects.filter(pk__in=ids[start : start + BATCH]).select_related("topic")
            index([search_entry(post, post.topic) for post in moved])
        GuestAuthor.objects.filter(member=member).update(member=by, claimed_at=now)
        guest_id = member.pk
        member.delete()
        happenings.record(
            "guest_claimed",
            community=by.community,
            by=by.pk,
            subject_kind="member",
            subject_id=by.pk,
            data={"guest": guest_id, "posts": len(ids)},
            now=now,
        )
    return len(ids)
