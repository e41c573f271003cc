"""When a message was written, from headers that may be old, odd, broken or missing."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

OLDEST = datetime(1971, 1, 1, tzinfo=UTC)
FUTURE = timedelta(days=1)
NUMERIC = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?")


def read_date(text: str, *, now: datetime) -> datetime | None:
    """The moment that a Date header or From_ line names, or None: unreadable, before 1971 or in the future.

    A date without a zone, as Mailman 2 wrote them, is taken as UTC.
    """
    try:
        found = _by_rfc(text[:200]) or _by_numbers(text[:200])
        found = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None
    return found if found and OLDEST <= found <= now + FUTURE else None


def _by_rfc(text: str) -> datetime | None:
    parsed = parsedate_tz(text)
    if parsed is None:
        return None
    year, month, day, hour, minute, second, *_rest, offset = parsed
    zone = timezone(timedelta(seconds=offset or 0)) if abs(offset or 0) < 86_400 else UTC
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)


def _by_numbers(text: str) -> datetime | None:
    match = NUMERIC.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(number or 0) for number in match.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
