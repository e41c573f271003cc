"""Reads of the sample network."""

from typing import Any

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.errors import NotFound
from hearth.core.tenancy import across_communities
from hearth.members.models import Member


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
