"""From an empty database to a community with a steward and a space, before there is anyone who could press a button."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearth.accounts.actions import make_account
from hearth.communities import actions as communities
from hearth.communities.models import Community
from hearth.communities.queries import network
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from hearth.spaces.actions import open_space


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has to be known of a community before it can begin."""

    name: str
    slug: str
    country: str
    languages: tuple[str, ...]
    time_zone: str
    steward: str
    email: str
    space: str


def begin(beginning: Beginning, *, now: datetime) -> Community:
    """Make the community, its steward and its first space; the network takes its name where it has none. All or nothing.

    For the operator at the server's own keyboard: the steward of the first community becomes operator as well, since
    nobody else can be. Refuses an empty name and a name without a letter (Invalid).
    """
    with transaction.atomic():
        is_first = network().pk is None
        if is_first:
            communities.name_network(name=beginning.name)
        community = communities.found_community(
            slug=beginning.slug,
            name=beginning.name,
            country=beginning.country,
            languages=list(beginning.languages),
            time_zone=beginning.time_zone,
            now=now,
        )
        account = make_account(
            name=beginning.steward,
            email=beginning.email,
            language=beginning.languages[0],
            time_zone=beginning.time_zone,
            is_operator=is_first,
            now=now,
        )
        with tenant(community):
            profile = Profile(name=beginning.steward, languages=beginning.languages)
            steward = welcome(
                community=community,
                account=account,
                profile=profile,
                roles=(Role.STEWARD,),
                joined_at=now,
                now=now,
            )
            open_space(by=steward, community=community, name=beginning.space, now=now)
    return community
