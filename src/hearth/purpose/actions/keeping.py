"""Afterwards: look at the purpose again, be named or not, show it beside others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.communities.queries import forget
from hearth.core.errors import Conflict
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.purpose import policy
from hearth.purpose.actions.adopting import RECHECK_AFTER
from hearth.purpose.models import Statement, TookPart
from hearth.purpose.queries import statement_that_holds


def recheck(*, by: Member, community: Community, number: int, now: datetime) -> Statement:
    """Say that this version still speaks to the community; it is proposed to look again in a year.

    Refuses who is no steward (NotAllowed), and a version that holds no more (Conflict). Records `purpose_rechecked`.
    """
    policy.can_adopt(by).require()
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=community.pk)
        held = statement_that_holds(community)
        if held is None or held.number != number:
            raise Conflict(_("Another purpose was adopted meanwhile. Look at it first."))
        held.rechecked_at, held.recheck_at = now, now + RECHECK_AFTER
        held.save(update_fields=["rechecked_at", "recheck_at"])
        happenings.record(
            "purpose_rechecked",
            community=community,
            by=by.pk,
            subject_kind="statement",
            subject_id=held.pk,
            now=now,
        )
    return held


def be_named(*, by: Member, statement: Statement, named: bool) -> None:
    """Show one's own name beside a statement in whose finding one took part, or no longer. Else nothing changes."""
    TookPart.objects.filter(statement=statement, member=by).update(named=named)


def show_in_network(*, by: Member, community: Community, shows: bool, now: datetime) -> None:
    """Show the purpose on the network's page beside the others, or no longer. Stewards only.

    Records `purpose_shown_in_network` or `purpose_hidden_in_network`.
    """
    policy.can_adopt(by).require()
    with transaction.atomic():
        Community.objects.filter(pk=community.pk).update(shows_purpose_in_network=shows)
        happenings.record(
            "purpose_shown_in_network" if shows else "purpose_hidden_in_network",
            community=community,
            by=by.pk,
            subject_kind="community",
            subject_id=community.pk,
            now=now,
        )
        transaction.on_commit(lambda: forget(community))
    community.shows_purpose_in_network = shows
