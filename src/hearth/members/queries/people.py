"""Reads of the people of a community, and of what a person looks after."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.communities.queries import communities
from hearth.core.errors import NotFound
from hearth.core.prepared import Prepared, columns_of, instance_of
from hearth.core.tenancy import across_communities
from hearth.members import policy
from hearth.members.enums import Standing
from hearth.members.looking import INVENTED
from hearth.members.models import Member


def member_of(account: Account) -> Member | None:
    """Return this account's active membership in the open community, or None."""
    found = Member.objects.filter(account_id=account.pk, standing=Standing.ACTIVE).first()
    if found is not None:
        found.account = account
    return found


def member_by_account(account_id: int) -> Member | None:
    """Return the active member of the open community with this account, the account with it (one query)."""
    rows = _BY_ACCOUNT.rows(account=int(account_id))
    if not rows:
        return None
    member, member.account = instance_of(Member, rows[0][:_SPLIT]), instance_of(Account, rows[0][_SPLIT:])
    return member


def _with_account(account: int) -> QuerySet[Member, Any]:
    rows = Member.objects.filter(account_id=account, standing=Standing.ACTIVE)
    return rows.values_list(*columns_of(Member), *columns_of(Account, behind="account"))


_BY_ACCOUNT = Prepared(_with_account, "account")
_SPLIT = len(columns_of(Member))


def people() -> QuerySet[Member]:
    """Return the active members by name."""
    return Member.objects.filter(standing=Standing.ACTIVE).select_related("photo").order_by("name", "pk")


def greeters() -> QuerySet[Member]:
    """Return the active members who greet newcomers, by name."""
    return people().filter(is_greeter=True)


def person_by_id(member: Member | None, public_id: str) -> Member:
    """Return somebody whom this reader may see; NotFound otherwise. An invented reader (`members.looking`) sees herself."""
    if member is not None and member.pk == INVENTED and public_id == member.public_id:
        return member
    found = policy.visible_people(member).select_related("photo").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("")
    return found


def newest_people(*, most: int) -> list[Member]:
    """Return the active members who joined last, the newest first."""
    rows = Member.objects.filter(standing=Standing.ACTIVE).select_related("photo")
    return list(rows.order_by("-joined_at", "-pk")[:most])


def keeps_order_somewhere(account: Account) -> bool:
    """Return whether this person is a steward or moderator of a community that is not a sample."""
    with across_communities():  # staff of any community needs a second step
        rows = Member.objects.filter(
            account_id=account.pk, standing=Standing.ACTIVE, community__is_sample=False
        )
        return rows.filter(Q(is_steward=True) | Q(is_moderator=True)).exists()


def begins_alone(account: Account, now: datetime) -> bool:
    """Return whether all that this person looks after began within `policy.ALONE` and nobody else has come in yet.

    An operator looks after every community of the deployment, a steward or moderator after their own; samples do not count.
    Then a second step protects nobody yet, and the first run can be ended without one (issue 3).
    """
    with across_communities():  # what a person looks after may be several communities
        theirs = _looked_after(account)
        begun = [community.begun_at for community in theirs]
        if not begun or not all(moment and now - policy.ALONE < moment <= now for moment in begun):
            return False
        others = Member.objects.filter(community__in=theirs, standing=Standing.ACTIVE)
        return not others.filter(account__last_login__isnull=False).exclude(account_id=account.pk).exists()


def _looked_after(account: Account) -> list[Community]:
    if account.is_operator:
        return list(communities().filter(is_sample=False))
    rows = Member.objects.filter(account_id=account.pk, standing=Standing.ACTIVE, community__is_sample=False)
    kept = rows.filter(Q(is_steward=True) | Q(is_moderator=True)).select_related("community")
    return [member.community for member in kept]


def public_id_of(member_id: int) -> str:
    """Return the public id of a member of the open community."""
    return Member.objects.values_list("public_id", flat=True).get(pk=member_id)
