"""Who may see and change what of a member."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member

# For this long a community's founder, as long as nobody else has come in, may put the second step off (issue 3, first run).
ALONE = timedelta(hours=24)


def visible_people(member: Member | None) -> QuerySet[Member]:
    """Return the people whom this reader may see: active members see each other and the guests of old archives."""
    if member is None:
        return Member.objects.none()
    return Member.objects.exclude(standing=Standing.LEFT)


def can_change_profile(member: Member | None, whose: Member) -> Verdict:
    """Say whether the member may change this profile: one's own only."""
    if member is not None and member.pk == whose.pk:
        return YES
    return no(_("Only this person can change that."))
