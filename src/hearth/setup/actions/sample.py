"""Load the sample network into an empty database, and take it out again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities import actions as communities
from hearth.communities.models import Community, Network
from hearth.core.errors import Conflict
from hearth.core.tenancy import across_communities, tenant
from hearth.setup import sample_files as files
from hearth.setup.actions.sample_people import Cast, bring_people
from hearth.setup.actions.sample_purpose import bring_purpose
from hearth.setup.actions.sample_talk import bring_spaces

Progress = Callable[[str], None]


def load_sample(*, now: datetime, progress: Progress = lambda step: None) -> list[Community]:
    """Make the sample network: its communities, people, spaces and a year of conversations. Sends nothing to anybody.

    Refuses a database in which a community lives already (Conflict): invented people never stand among real ones. All
    or nothing: one transaction.
    """
    if Community.objects.exists():
        raise Conflict(
            _("There is a community here already. The sample network goes into an empty database only.")
        )
    with transaction.atomic():
        umbrella = files.network()
        communities.name_network(name=umbrella["name"], is_sample=True)
        for person in umbrella["staff"]:
            _staff(person, now, operator=False)
        _staff(umbrella["operator"], now, operator=True)
        cast: Cast = {}
        made = []
        for slug in files.communities():
            progress(files.community(slug)["name"])
            made.append(_bring_community(slug, cast, now))
    return made


def _staff(person: dict[str, Any], now: datetime, *, operator: bool) -> Account:
    account = make_account(
        name=person["name"], email=person["email"], language=person["languages"][0], is_sample=True, now=now
    )
    if operator:
        Account.objects.filter(pk=account.pk).update(is_operator=True)
    return account


def _bring_community(slug: str, cast: Cast, now: datetime) -> Community:
    said = files.community(slug)
    community = communities.found_community(
        slug=said["slug"],
        name=said["name"],
        country=said["country"],
        languages=said["languages"],
        now=now,
        mark=said["mark"],
        accent=said["accent"],
        accent_dark=said["accent_dark"],
        time_zone=said["time_zone"],
        shows_purpose_in_network=True,
        help_phone=said["help_phone"],
        help_hours=said["help_hours"],
        help_email=said["help_email"],
        open_to_visitors=said["open_to_visitors"],
        is_sample=True,
    )
    with tenant(community):
        bring_people(community, cast, now=now)
        bring_purpose(community, cast, now=now)
        bring_spaces(community, cast, now=now)
    return community


def remove_sample() -> int:
    """Delete every sample community with all that is in it, and the sample accounts; return how many communities."""
    with transaction.atomic(), across_communities():  # the sample is several communities
        gone = Community.objects.filter(is_sample=True)
        count = gone.count()
        gone.delete()
        Account.objects.filter(is_sample=True).delete()
        Network.objects.filter(is_sample=True).delete()
    return count
