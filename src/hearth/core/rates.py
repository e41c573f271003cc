"""How often something may be tried: fixed windows counted in the database, so that every process counts alike."""

from datetime import datetime, timedelta
from hashlib import blake2s

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hearth.core.errors import TooMany
from hearth.core.models import RateWindow


def spend(*, key: str, most: int, per: timedelta, now: datetime) -> None:
    """Count one try under `key`; raise TooMany once more than `most` were made within `per`. Keys are stored hashed."""
    digest = blake2s(key.encode(), digest_size=20).hexdigest()
    with transaction.atomic():
        RateWindow.objects.filter(key=digest, ends_at__lte=now).delete()
        row, _made = RateWindow.objects.get_or_create(key=digest, defaults={"ends_at": now + per})
        RateWindow.objects.filter(key=digest).update(count=F("count") + 1)
        # Read after the UPDATE, which holds the row: many tries at one moment each see their own place in the count.
        row.refresh_from_db(fields=["count"])
    if row.count > most:
        minutes = max(1, round((row.ends_at - now).total_seconds() / 60))
        raise TooMany(
            _("That was tried too often. Try again in %(minutes)d minutes, or ask a person for help.")
            % {"minutes": minutes}
        )


def forget_windows(*, before: datetime) -> int:
    """Delete windows that ended before the given time; return how many."""
    return RateWindow.objects.filter(ends_at__lt=before).delete()[0]
