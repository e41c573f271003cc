"""Found a network and its communities."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities import policy, queries
from hearth.communities.colours import COLOUR, lighter_for_dark, require_contrast
from hearth.communities.models import Community, Network
from hearth.communities.policy import Keeper
from hearth.communities.subjects import KIND
from hearth.core.errors import Invalid
from hearth.core.rates import spend
from hearth.core.text import is_blank, strip_controls
from hearth.files import actions as files
from hearth.files.models import File
from hearth.happenings import actions as happenings

LOGOS_AN_HOUR = 20


@dataclass(frozen=True, slots=True)
class Face:
    """How a community shows itself: its name, up to 3 letters beside it, and one colour (`#RRGGBB`)."""

    name: str
    mark: str
    accent: str


def name_network(*, name: str, is_sample: bool = False) -> Network:
    """Give the one network of this deployment its name."""
    network, _made = Network.objects.update_or_create(pk=1, defaults={"name": name, "is_sample": is_sample})
    return network


def found_community(
    *, slug: str, name: str, country: str, languages: list[str], now: datetime, **more: Any
) -> Community:
    """Make a community. `more` are further columns of Community. Refuses colours that cannot be read (Invalid)."""
    accent = more.setdefault("accent", Community._meta.get_field("accent").get_default())
    accent_dark = more.setdefault("accent_dark", lighter_for_dark(accent))
    require_contrast(accent=accent, accent_dark=accent_dark)
    with transaction.atomic():
        community = Community.objects.create(
            slug=slug,
            name=name,
            country=country,
            languages=languages,
            begun_at=now,
            **more,
        )
        happenings.record(
            "community_founded",
            community=community,
            by=None,
            subject_kind="community",
            subject_id=community.pk,
            now=now,
        )
    return community


def change_face(*, by: Keeper, community: Community, face: Face, now: datetime) -> None:
    """Keep name, letters and colour; the colour for dark pages follows from it. Records `face_changed`.

    Refuses anyone but its stewards (NotAllowed); an empty or too long name, more than 3 letters, and a colour that cannot
    be read at 7:1 (WCAG 1.4.6) (Invalid). Every process shows it within `COMMUNITY_MEMORY_SECONDS`, this one at once.
    """
    policy.can_change_face(by, community).require()
    said = {
        "name": _name(face.name),
        "mark": "".join(strip_controls(face.mark).split()),
        "accent": face.accent.upper(),
    }
    if len(said["mark"]) > 3:
        raise Invalid(_("Use at most 3 letters."))
    if COLOUR.fullmatch(said["accent"]) is None:
        raise Invalid(_("Write the colour as # and 6 figures or letters from A to F."))
    said["accent_dark"] = lighter_for_dark(said["accent"])
    require_contrast(accent=said["accent"], accent_dark=said["accent_dark"])
    _change(by, community, said, now)


def store_logo(
    *, by: Keeper, community: Community, upload: files.Upload, name: str, shows: str, now: datetime
) -> File:
    """Keep a picture for `set_logo`; `shows` says what it shows, empty where that is only the name beside it.

    Takes up to seconds: never call it inside a transaction. Refuses anyone but its stewards (NotAllowed), 20 in an hour
    (TooMany), and what `files.actions.store` refuses, such as a picture with too many dots (Invalid).
    """
    policy.can_change_face(by, community).require()
    spend(key=f"logo:{community.pk}", most=LOGOS_AN_HOUR, per=timedelta(hours=1), now=now)
    kept = files.store(
        upload,
        community=community,
        owner_id=None,
        name=name,
        description=shows,
        is_decoration=not shows,
        now=now,
    )
    if not kept.is_picture:
        files.remove(file=kept)
        raise Invalid(_("This is not a picture. Choose a picture of your logo."))
    return kept


def set_logo(*, by: Keeper, community: Community, logo: File | None, now: datetime) -> None:
    """Show this picture (from `store_logo`) as the logo, or none; the one before goes. Records `face_changed`.

    Everyone may see it, visitors too. Refuses anyone but its stewards (NotAllowed).
    """
    policy.can_change_face(by, community).require()
    with transaction.atomic():
        if logo is not None:
            files.attach(file_id=logo.pk, owner_id=None, subject_kind=KIND, subject_id=community.pk)
        before = File.objects.filter(subject_kind=KIND, subject_id=community.pk)
        old = list(before.exclude(pk=logo.pk if logo else 0))
        _change(by, community, {"logo": logo}, now)
        for file in old:
            files.remove(file=file)


def _change(by: Keeper, community: Community, columns: dict[str, Any], now: datetime) -> None:
    with transaction.atomic():
        Community.objects.filter(pk=community.pk).update(**columns)
        happenings.record(
            "face_changed",
            community=community,
            by=by.pk,
            subject_kind=KIND,
            subject_id=community.pk,
            now=now,
            data={"what": sorted(columns)},
        )
        transaction.on_commit(lambda: queries.forget(community))


def _name(said: str) -> str:
    name = " ".join(strip_controls(said).split())
    if is_blank(name):
        raise Invalid(_("Enter the name of the community."))
    if len(name) > 120:
        raise Invalid(_("Make the name shorter: at most 120 letters."))
    return name
