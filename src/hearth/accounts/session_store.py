"""Where sessions are kept: Django's table, read in one prepared query, since every page of a member begins with it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from hearth.core.clock import now
from hearth.core.prepared import Prepared, columns_of, instance_of


class SessionStore(DatabaseStore):
    """Django's store of sessions; only the read is our own. The name is the one that Django looks for."""

    def _get_session_from_db(self) -> Session | None:
        rows = _BY_KEY.rows(key=self.session_key or "")
        found = instance_of(Session, rows[0]) if rows else None
        if found is None or found.expire_date <= now():
            self._session_key = None  # a key that is nobody's is never used for a new session
            return None
        return found


def _with_key(key: str) -> QuerySet[Session, Any]:
    return Session.objects.filter(session_key=key).values_list(*columns_of(Session))


_BY_KEY = Prepared(_with_key, texts=["key"], of_everyone=True)
