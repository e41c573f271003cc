"""Found the first community of a real network, until the first run on pages does it (part 2)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearth.accounts.actions import make_account
from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role
from hearth.spaces.actions import open_space


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has to be known of a community: its name, who looks after it, where and in which language it lives."""

    name: str
    steward: str
    email: str
    country: str
    language: str
    time_zone: str
    space: str


def begin_community(*, beginning: Beginning, now: datetime) -> Community:
    """Make a community with its first space and its first steward, who also runs the server.

    Refuses a name without a letter (Invalid), one that is taken (Conflict), and a time zone that nobody knows (Invalid).
    """
    slug = slugify(beginning.name)[:40].strip("-")
    if not slug:
        raise Invalid(_("Give the community a name with at least one Latin letter. It can be changed later."))
    if beginning.time_zone not in available_timezones():
        raise Invalid(_("This time zone is not known. Write it like Europe/Vienna."))
    if Community.objects.filter(slug=slug).exists():
        raise Conflict(_("There is a community with this name already. Choose another name."))
    with transaction.atomic():
        community = found_community(
            slug=slug,
            name=beginning.name,
            country=beginning.country.upper()[:2],
            languages=[beginning.language],
            now=now,
            time_zone=beginning.time_zone,
        )
        _first_people(community, beginning, now)
    return community


def _first_people(community: Community, beginning: Beginning, now: datetime) -> None:
    account = make_account(
        name=beginning.steward, email=beginning.email, language=beginning.language, is_operator=True, now=now
    )
    with tenant(community):
        steward = welcome(
            community=community,
            account=account,
            profile=Profile(name=beginning.steward, languages=(beginning.language,)),
            roles=(Role.STEWARD, Role.GREETER),
            joined_at=now,
            now=now,
        )
        open_space(by=steward, community=community, name=beginning.space, now=now)
