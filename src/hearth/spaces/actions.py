"""Make spaces; let people in and out."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid
from hearth.core.text import fold, strip_controls
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.purpose.models import Goal
from hearth.spaces import policy
from hearth.spaces.enums import Access
from hearth.spaces.models import Space, SpaceMember

MOST_NAME, MOST_PURPOSE_LINE = 80, 240


def open_space(
    *,
    by: Member | None,
    community: Community,
    name: str,
    slug: str = "",
    purpose_line: str = "",
    guidelines: str = "",
    access: Access = Access.OPEN,
    goal: Goal | None = None,
    now: datetime,
) -> Space:
    """Make a space at the end of the list; whoever makes it is its first host.

    by: a steward; None for imports and the sample. Refuses everybody else, a name without a letter, one that is too long,
    and one that is taken.
    """
    if by is not None:
        policy.can_open(by).require()
    name, purpose_line = _words(name, purpose_line)
    path = _path(slug or name)
    with transaction.atomic():
        if Space.objects.filter(slug=path).exists():
            raise Conflict(_("There is a space with this name already. Choose another name."))
        said = {
            "name": name,
            "purpose_line": purpose_line,
            "guidelines": guidelines,
            "access": access,
            "goal": goal,
        }
        space = Space.objects.create(community=community, slug=path, position=_next_place(), **said)
        _note_opened(space, by, now)
    return space


def _note_opened(space: Space, by: Member | None, now: datetime) -> None:
    if by is not None:
        SpaceMember.objects.create(
            community=space.community, space=space, member=by, is_host=True, joined_at=now
        )
    happenings.record(
        "space_opened",
        community=space.community,
        by=by.pk if by else None,
        subject_kind="space",
        subject_id=space.pk,
        now=now,
    )


def _words(name: str, purpose_line: str) -> tuple[str, str]:
    name, purpose_line = _line(name), _line(purpose_line)
    if not any(letter.isalnum() for letter in name):
        raise Invalid(_("Give the space a name with at least one letter."))
    if len(name) > MOST_NAME or len(purpose_line) > MOST_PURPOSE_LINE:
        raise Invalid(_("Make it shorter: at most 80 letters for the name, 240 for the line."))
    return name, purpose_line


def _path(name: str) -> str:
    """The name in an address; a name in another alphabet than the Latin one gets a word and a number."""
    return slugify(fold(name))[:50].strip("-") or f"space-{_next_place()}"


def _line(words: str) -> str:
    return " ".join(strip_controls(words).split())


def _next_place() -> int:
    return int(Space.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def join(*, by: Member, space: Space, now: datetime) -> SpaceMember:
    """Let the member into an open space; new topics come to the member from now on. Joining twice changes nothing."""
    policy.can_join(by, space).require()
    return let_in(member=by, space=space, now=now)


def let_in(
    *, member: Member, space: Space, now: datetime, is_host: bool = False, follows: bool = True
) -> SpaceMember:
    """Put a member into a space without asking a policy (imports, the sample network, invitations)."""
    with transaction.atomic():
        row, made = SpaceMember.objects.get_or_create(
            space=space,
            member=member,
            defaults={
                "community_id": space.community_id,
                "joined_at": now,
                "is_host": is_host,
                "follows": follows,
            },
        )
        if made:
            happenings.record(
                "space_joined",
                community=space.community,
                by=member.pk,
                subject_kind="space",
                subject_id=space.pk,
                now=now,
            )
    return row


def leave(*, by: Member, space: Space, now: datetime) -> None:
    """Take the member out of the space. Leaving a space one is not in changes nothing."""
    with transaction.atomic():
        gone, _kinds = SpaceMember.objects.filter(space=space, member=by).delete()
        if gone:
            happenings.record(
                "space_left",
                community=space.community,
                by=by.pk,
                subject_kind="space",
                subject_id=space.pk,
                now=now,
            )


def set_goal(*, by: Member, space: Space, goal: Goal | None, now: datetime) -> None:
    """Say which goal the space serves, or that it serves none. Stewards and its hosts only.

    Refuses a goal that holds no more (Conflict). Records `space_goal_set`.
    """
    policy.can_choose_goal(by, space).require()
    with transaction.atomic():
        if goal is not None and not Goal.objects.filter(pk=goal.pk, ended_at=None).exists():
            raise Conflict(_("The goals have changed meanwhile. Look at them and choose again."))
        Space.objects.filter(pk=space.pk).update(goal=goal)
        happenings.record(
            "space_goal_set",
            community=space.community,
            by=by.pk,
            subject_kind="space",
            subject_id=space.pk,
            now=now,
            data={"goal": goal.pk if goal else None},
        )
    space.goal = goal
