"""Who may import, and who may claim the posts of a guest."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.accounts.enums import ContactKind
from hearth.accounts.models import ContactPoint
from hearth.communities.models import Community
from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.transfer.addresses import address_hash
from hearth.transfer.models import GuestAuthor


def can_import(member: Member | None, community: Community) -> Verdict:
    """Say whether this member may bring an archive into the community: its stewards; nobody (None) is the operator."""
    if member is None or (member.is_steward and member.community_id == community.pk):
        return YES
    return no(_("Only a steward can bring an archive into this community. Ask one of them."))


def claimable_authors(member: Member) -> QuerySet[GuestAuthor]:
    """Return the authors of archives who wrote from an address that this member has proved to read."""
    if member.account_id is None or member.standing != Standing.ACTIVE:
        return GuestAuthor.objects.none()
    proved = ContactPoint.objects.filter(
        account_id=member.account_id, kind=ContactKind.EMAIL, verified_at__isnull=False
    )
    hashes = [address_hash(value) for value in proved.values_list("value", flat=True)]
    return GuestAuthor.objects.filter(address_hash__in=hashes, member__standing=Standing.GUEST)


def can_claim(member: Member, guest: Member) -> Verdict:
    """Say whether the posts of this guest are the member's own: proved by an address that both have."""
    if claimable_authors(member).filter(member=guest).exists():
        return YES
    return no(_("First confirm the address from which you wrote. Then these posts can be yours."))
