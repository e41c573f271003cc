"""Found a network and its communities."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hearth.communities.colours import lighter_for_dark, require_contrast
from hearth.communities.models import Community, Network
from hearth.happenings import actions as happenings


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
            mark=more.pop("mark", name[:1].upper()),
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
