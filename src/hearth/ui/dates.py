"""Dates in plain words, in the reader's language and time zone.

Pages show many dates, so every text is made once per day, minute and language, and then only looked up.
"""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# "3 March 2026" and "14:05" rather than "March 3, 2026" and "2:05 PM": our English is written in Europe.
ENGLISH = "en_GB"
# Stands for the time of day while words are looked up that go around it.
_TIME = "\0"


def date_long(value: date, *, zone: bool = False, other_zone: tzinfo | None = None) -> str:
    """Weekday, day, month, year; for a moment also the time. `zone` adds the zone's name.

    `other_zone` is that of the place: where its clock shows another time, both times stand there with their zones.
    """
    if not isinstance(value, datetime):
        return _day(_language(), value, "full")
    here = timezone.localtime(value)
    if not zone and other_zone is None:
        return _moment(here)
    there = here.astimezone(other_zone) if other_zone else here
    differs = there.utcoffset() != here.utcoffset()
    text = _moment(there, zone=zone or differs)
    if not differs:
        return text
    return _("%(there)s (for you: %(here)s)") % {"there": text, "here": _moment(here, zone=True)}


def date_short(value: date) -> str:
    """Day, month and year in words, without the weekday."""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return _day(_language(), day, "long")


def ago(value: datetime, *, now: datetime | None = None) -> str:
    """When it was, as one would say it: "today at 14:05", "yesterday at 9:30", "Tuesday", "3 March 2026"."""
    here, language = timezone.localtime(value), _language()
    clock = _clock(language, here.hour, here.minute)
    return _ago(language, here.date(), timezone.localtime(now).date(), clock)


def spoken(value: datetime) -> tuple[str, str, str]:
    """What `time_iso`, `date_long` and `ago` say of a moment: pages show dozens, so zone and language are found once."""
    zone, language = timezone.get_current_timezone(), _language()
    here = timezone.localtime(value, zone)
    long, ago_ = _around(language, here.date(), datetime.now(zone).date())
    clock = _clock(language, here.hour, here.minute)
    return time_iso(value), clock.join(long), clock.join(ago_)


@lru_cache(maxsize=4096)
def _around(language: str, day: date, today: date) -> tuple[list[str], list[str]]:
    """What stands before and after the time of day in `date_long` and `ago` of a moment of this day."""
    long = _("%(day)s at %(time)s") % {"day": _day(language, day, "full"), "time": _TIME}
    return long.split(_TIME), _ago(language, day, today, _TIME).split(_TIME)


def _ago(language: str, day: date, today: date, clock: str) -> str:
    days = (today - day).days
    if days == 0:
        return _("today at %(time)s") % {"time": clock}
    if days == 1:
        return _("yesterday at %(time)s") % {"time": clock}
    if days == -1:
        return _("tomorrow at %(time)s") % {"time": clock}
    return _day(language, day, "cccc" if 0 < days < 7 else "long")


def time_iso(value: date) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def _moment(moment: datetime, *, zone: bool = False) -> str:
    language = _language()
    said = {
        "day": _day(language, moment.date(), "full"),
        "time": _clock(language, moment.hour, moment.minute),
    }
    if not zone:
        return _("%(day)s at %(time)s") % said
    said["zone"] = _zone(language, moment.tzinfo, moment.utcoffset())
    return _("%(day)s at %(time)s, %(zone)s") % said


def _language() -> str:
    return get_language() or "en"


@lru_cache(maxsize=4096)
def _day(language: str, day: date, style: str) -> str:
    return format_date(day, format=style, locale=_locale(language))


@lru_cache(maxsize=4096)
def _clock(language: str, hour: int, minute: int) -> str:
    return format_time(datetime(2000, 1, 1, hour, minute), format="short", locale=_locale(language))  # noqa: DTZ001


@lru_cache(maxsize=256)
def _zone(language: str, zone: tzinfo | None, offset: timedelta | None) -> str:
    # The offset is part of the key: summer and winter time of one zone have different names.
    assert offset is not None
    assert zone is not None
    moment = next(m for m in _moments(zone) if m.utcoffset() == offset)
    return get_timezone_name(moment, locale=_locale(language))


def _moments(zone: tzinfo) -> list[datetime]:
    year = timezone.now().year
    return [datetime(year, month, 15, tzinfo=zone) for month in range(1, 13)]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(ENGLISH if language == "en" else language.replace("-", "_"))
