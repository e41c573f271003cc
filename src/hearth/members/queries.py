"""Reads of members, inside the open community."""

from django.db.models import QuerySet

from hearth.accounts.models import Account
from hearth.members.enums import Standing
from hearth.members.models import Member


def member_of(account: Account) -> Member | None:
    """Return this account's active membership in the open community, or None."""
    found = Member.objects.filter(account_id=account.pk, standing=Standing.ACTIVE).first()
    if found is not None:
        found.account = account
    return found


def people() -> QuerySet[Member]:
    """Return the active members by name."""
    return Member.objects.filter(standing=Standing.ACTIVE).order_by("name", "pk")


def greeters() -> QuerySet[Member]:
    """Return the active members who greet newcomers, by name."""
    return people().filter(is_greeter=True)
