"""Open pages learn that something changed: one number for each thing that pages wait for, raised with every change.

Only numbers travel. A page that hears of a higher one fetches its part again through the ordinary view, which asks whether
this reader may see it (docs/adr/0008-live-updates.md).
"""

import re
from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse

from hearth.core.clock import now
from hearth.core.models import LiveNumber

# Key and number, set by `stream` only. The bridge takes it off every answer and keeps this one's line open (config/live.py).
HEADER = "X-Hearth-Live"
ASK_AGAIN_MS = 2000
# A key goes into a header: nothing in it may end a line.
_KEY = re.compile(r"[a-z0-9][a-z0-9:_-]{0,79}")
KEYS_IN_ONE_QUERY = 500


def touch(key: str) -> None:
    """Raise the number of `key`, such as "workshop:" and its public id; whoever waits for it hears of it after the commit.

    Call it inside the transaction that makes the change, as its last statement: on PostgreSQL others who touch the same key
    wait for the commit, and so nobody sees a number before what it stands for. One statement; no rows are read.
    """
    connection, moment = connections[DEFAULT_DB_ALIAS], now()
    table = connection.ops.quote_name(LiveNumber._meta.db_table)
    # A first number is the time in seconds, so that a key which was forgotten begins above all that it ever had.
    statement = (
        f'INSERT INTO {table} ("key", "number", "touched_at") VALUES (%s, %s, %s) '  # noqa: S608 – a table of ours
        f'ON CONFLICT ("key") DO UPDATE SET "number" = {table}."number" + 1, "touched_at" = excluded."touched_at"'
    )
    touched_at = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(statement, [_checked(key), int(moment.timestamp()), touched_at])


def number(key: str) -> int:
    """Return the number of `key`, 0 where it was never touched. Read it before what the page shows, never after."""
    return numbers([_checked(key)]).get(key, 0)


def numbers(keys: Collection[str]) -> dict[str, int]:
    """Return the numbers of those keys that were ever touched; one query for each 500."""
    found: dict[str, int] = {}
    for some in batched(keys, KEYS_IN_ONE_QUERY):
        found.update(LiveNumber.objects.filter(key__in=some).values_list("key", "number"))
    return found


def stream(key: str) -> HttpResponse:
    """Return the answer of a view that found that its reader may listen to `key`: an event stream (HTML, 9.2).

    Behind our own server the line stays open and carries each new number. Anywhere else the stream ends after the number
    of now, and the browser asks again in two seconds: the same promise, dearer.
    """
    current = number(key)
    response = HttpResponse(
        f"retry: {ASK_AGAIN_MS}\n{event(current)}", content_type="text/event-stream; charset=utf-8"
    )
    response[HEADER] = f"{key} {current}"
    response["Cache-Control"] = "no-store"
    # nginx would collect what is sent until it has a buffer full.
    response["X-Accel-Buffering"] = "no"
    return response


def event(current: int) -> str:
    """Return the number as one event of a stream."""
    return f"id: {current}\ndata: {current}\n\n"


def forget_numbers(*, before: datetime) -> int:
    """Delete numbers that nobody touched since the given time; return how many."""
    return LiveNumber.objects.filter(touched_at__lt=before).delete()[0]


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"A key has small letters, digits and : _ - only, at most 80: {key!r}")
    return key
