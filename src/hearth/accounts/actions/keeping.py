"""Make an account, and keep what a person says about themselves."""

from datetime import datetime
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.accounts.addresses import folded
from hearth.accounts.enums import ContactKind
from hearth.accounts.models import Account, ContactPoint
from hearth.core.errors import Invalid


def make_account(
    *,
    name: str,
    email: str,
    now: datetime,
    language: str = "",
    time_zone: str = "",
    is_operator: bool = False,
    is_sample: bool = False,
    verified: bool = True,
) -> Account:
    """Make an account that signs in at this address; another one may have the same. Refuses an empty name.

    `verified`: whoever makes it knows that the address is this person's. The address becomes a contact point.
    """
    address = folded(email)
    with transaction.atomic():
        account = Account.objects.create(
            name=_clean_name(name),
            email=address,
            language=language,
            time_zone=time_zone,
            is_operator=is_operator,
            is_sample=is_sample,
            joined_at=now,
        )
        if address:
            ContactPoint.objects.create(
                account=account, kind=ContactKind.EMAIL, value=address, verified_at=now if verified else None
            )
    return account


def rename_account(*, by: Account, name: str) -> None:
    """Keep the name by which Hearth speaks to this person. Refuses an empty one."""
    by.name = _clean_name(name)
    by.save(update_fields=["name"])


def set_language(*, by: Account, language: str) -> None:
    """Keep the language of this person's pages and mails. Refuses one that Hearth does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose one of the languages on this page."))
    by.language = language
    by.save(update_fields=["language"])


def set_time_zone(*, by: Account, time_zone: str) -> None:
    """Keep the time zone in which this person reads times; empty means that of each community."""
    if time_zone and time_zone not in available_timezones():
        raise Invalid(_("Choose one of the places on this page."))
    by.time_zone = time_zone
    by.save(update_fields=["time_zone"])


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.split())[:120]
    if not cleaned:
        raise Invalid(_("Enter your name."))
    return cleaned
