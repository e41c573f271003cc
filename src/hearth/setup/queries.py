"""Reads of the first run, of what a community has, and of the sample network."""

from dataclasses import dataclass
from typing import Any

from hearth.accounts.models import Account
from hearth.channels.ways import goes_out
from hearth.communities.models import Community
from hearth.conversations.models import Topic
from hearth.core.errors import NotFound
from hearth.core.tenancy import across_communities
from hearth.members.models import Invitation, Member
from hearth.purpose.models import Statement
from hearth.setup.enums import IN_THE_PLACE, Step
from hearth.setup.models import Beginning
from hearth.spaces.enums import Access
from hearth.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Task:
    """A step inside the place: whether it is done, or was put off."""

    step: Step
    done: bool
    put_off: bool


def beginning_by_id(public_id: object) -> Beginning:
    """Return the beginning that this browser goes on with; NotFound where there is none."""
    found = Beginning.objects.filter(public_id=str(public_id or "")).select_related("community").first()
    if found is None:
        raise NotFound("")
    return found


def tasks(community: Community) -> list[Task]:
    """Return what this community has and has not yet, in the order of the first run (a fixed number of queries)."""
    done = {
        Step.PURPOSE: Statement.objects.exists(),
        Step.INVITE: Invitation.objects.exists() or Member.objects.count() > 1,
        Step.SPACE: Space.objects.exists(),
        Step.LETTER: Topic.objects.exists(),
        Step.EMAIL: goes_out(),
        Step.PLACE: bool(community.help_phone),
        Step.FACE: community.logo_id is not None,
    }
    waiting = Beginning.objects.filter(community=community).values_list("put_off", flat=True).first() or []
    return [Task(step, done[step], step.value in waiting) for step in IN_THE_PLACE]


def next_task(community: Community) -> Task | None:
    """Return the first step that is neither done nor put off."""
    return next((task for task in tasks(community) if not task.done and not task.put_off), None)


def first_space() -> Space | None:
    """Return the space into which the welcome letter goes: the first open one."""
    return Space.objects.filter(access=Access.OPEN).order_by("position", "pk").first()


def sample_communities() -> list[Community]:
    """Return the sample communities in the order in which they were made."""
    return list(Community.objects.filter(is_sample=True).order_by("pk"))


def sample_members() -> dict[int, list[Member]]:
    """Return the people of the sample who can sign in, by their community's key, in the order of the cast (one query)."""
    found: dict[int, list[Member]] = {}
    with across_communities():  # asked for from the network's own page
        for member in Member.objects.filter(account__is_sample=True).select_related("account").order_by("pk"):
            found.setdefault(member.community_id, []).append(member)
    return found


def sample_operators() -> list[Account]:
    """Return the invented person who runs the server."""
    return list(Account.objects.filter(is_sample=True, is_operator=True).order_by("pk"))


def sample_cast() -> dict[str, Any]:
    """Return everybody one can be: members by community, and the operator."""
    members = sample_members()
    return {
        "communities": [(community, members.get(community.pk, [])) for community in sample_communities()],
        "operators": sample_operators(),
    }


def sample_choice(*, member: str, account: str) -> tuple[Account, Community | None]:
    """Return who was chosen by public id, and where that person goes; NotFound for anybody who is not of the sample."""
    member, account = member.replace("\0", ""), account.replace("\0", "")
    if member:
        with across_communities():  # the choice names its community
            rows = Member.objects.filter(public_id=member, account__is_sample=True)
            chosen = rows.select_related("account", "community").first()
        if chosen is not None and chosen.account is not None:
            return chosen.account, chosen.community
    elif (found := Account.objects.filter(public_id=account, is_sample=True).first()) is not None:
        return found, None
    raise NotFound("")
