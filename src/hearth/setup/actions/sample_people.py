"""Bring the cast of a sample community."""

from datetime import datetime, timedelta
from typing import Any

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.members.actions import Profile, welcome
from hearth.members.enums import ReachBy, Role
from hearth.members.models import Member
from hearth.setup import sample_files as files

# "community/key" -> the member, over all communities (one person may be in two).
Cast = dict[str, Member]


def bring_people(community: Community, cast: Cast, *, now: datetime) -> None:
    """Make the members of this community, with accounts for those who have an e-mail address."""
    people = files.people(community.slug)
    addresses = {person["key"]: person["email"] for person in people}
    for person in people:
        account = _account(community, cast, person, addresses, now)
        cast[f"{community.slug}/{person['key']}"] = _member(community, account, person, now)


def _account(
    community: Community, cast: Cast, person: dict[str, Any], addresses: dict[str, str], now: datetime
) -> Account | None:
    if person.get("same_account_as"):
        return cast[person["same_account_as"]].account
    email = addresses.get(person.get("shares_email_with", "")) or person["email"]
    if not email:
        return None
    language = person["languages"][0]
    return make_account(name=person["name"], email=email, language=language, is_sample=True, now=now)


def _member(community: Community, account: Account | None, person: dict[str, Any], now: datetime) -> Member:
    return welcome(
        community=community,
        account=account,
        profile=Profile(
            name=person["name"],
            name_also=person["name_also"],
            about=person["about"],
            languages=tuple(person["languages"]),
            reach_by=ReachBy(person["reach_by"]),
        ),
        roles=tuple(Role(role) for role in person["roles"]),
        joined_at=now - timedelta(days=person["since_days_ago"]),
        now=now,
    )
