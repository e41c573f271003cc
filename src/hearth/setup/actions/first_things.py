"""What a new community begins with: a space, a welcome letter, where it is. Each can wait or be left out."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.conversations.actions import start_topic
from hearth.conversations.models import Topic
from hearth.core.errors import Invalid
from hearth.core.text import strip_controls
from hearth.happenings import actions as happenings
from hearth.members import policy as members
from hearth.members.models import Member
from hearth.purpose.parts import FRAMES
from hearth.setup.enums import Step
from hearth.setup.models import Beginning
from hearth.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Place:
    """Where a community is, how its people reach a person, and whether visitors may read the open spaces."""

    country: str
    time_zone: str
    languages: tuple[str, ...]
    help_phone: str = ""
    help_hours: str = ""
    help_email: str = ""
    open_to_visitors: bool = False


def put_off(*, by: Member, community: Community, step: Step, now: datetime) -> None:
    """Remember that this step can wait. Stewards only. Said twice, it changes nothing."""
    members.can_look_after(by).require()
    beginning, _made = Beginning.objects.get_or_create(
        community=community, defaults={"name": community.name, "began_at": now}
    )
    if step not in beginning.put_off:
        beginning.put_off = [*beginning.put_off, step.value]
        beginning.save(update_fields=["put_off"])


def send_letter(*, by: Member, space: Space, title: str, text: str, now: datetime) -> Topic:
    """Put the welcome letter into a space, as a conversation by the steward. Stewards only; refuses empty words."""
    members.can_look_after(by).require()
    with transaction.atomic():
        topic = start_topic(by=by, space=space, title=title, text=text, now=now)
        Beginning.objects.filter(community=space.community).update(letter=topic)
    return topic


def settle(*, by: Member, community: Community, place: Place, now: datetime) -> None:
    """Keep where the community is, its languages and who helps. Stewards only; refuses what is not known (Invalid)."""
    members.can_look_after(by).require()
    said = {
        "country": _country(place.country),
        "time_zone": _time_zone(place.time_zone),
        "languages": _languages(place.languages),
        "help_phone": _line(place.help_phone, 40),
        "help_hours": _line(place.help_hours, 120),
        "help_email": _email(place.help_email),
        "open_to_visitors": place.open_to_visitors,
    }
    with transaction.atomic():
        Community.objects.filter(pk=community.pk).update(**said)
        happenings.record(
            "community_settled",
            community=community,
            by=by.pk,
            subject_kind="community",
            subject_id=community.pk,
            now=now,
        )


def _country(code: str) -> str:
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise Invalid(_("Choose a country from the list."))
    return code.upper()


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."))
    return name


def _languages(codes: tuple[str, ...]) -> list[str]:
    known = [code for code in dict.fromkeys(codes) if code in FRAMES]
    if not known:
        raise Invalid(_("Choose at least one language."))
    return known


def _line(words: str, most: int) -> str:
    line = " ".join(strip_controls(words).split())
    if len(line) > most:
        raise Invalid(_("Make this shorter: at most %(most)s letters.") % {"most": most})
    return line


def _email(address: str) -> str:
    address = address.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise Invalid(_("Enter the whole e-mail address, such as name@example.org.")) from error
    return address
