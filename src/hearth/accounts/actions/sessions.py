"""Write down who came in and went, and end what is open elsewhere. The session itself is the entrance's."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from hearth.accounts import queries
from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.happenings.actions import record


def note_signed_in(*, by: Account, community: Community | None, how: str, now: datetime) -> None:
    """Record that a person came in; `how` is mail, code, passkey, sample or operator. No address is written."""
    _record("signed_in", by, community, now, {"how": how})


def note_signed_out(*, by: Account, community: Community | None, now: datetime) -> None:
    """Record that a person went out."""
    _record("signed_out", by, community, now, {})


def note_second_step(
    *, by: Account, community: Community | None, change: str, what: str, now: datetime
) -> None:
    """Record that a second step was added or removed; what is app, passkey or recovery_codes."""
    _record(f"second_step_{change}", by, community, now, {"what": what})


def note_use(*, session_key: str, now: datetime) -> None:
    """Write down that a device is in use; callers see to it that this is seldom."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


def end_device(
    *, by: Account, session_key: str, device: str, community: Community | None, now: datetime
) -> bool:
    """Sign the account out in one other browser, named by its device key; return whether there was such a one."""
    open_keys = UserSession.objects.filter(user_id=by.pk).values_list("session_key", flat=True)
    found = [key for key in open_keys if key != session_key and queries.device_key(key) == device]
    if found:
        _end(by, found, community, now)
    return bool(found)


def end_other_devices(*, by: Account, session_key: str, community: Community | None, now: datetime) -> int:
    """Sign the account out everywhere but here; return in how many browsers that was."""
    open_keys = UserSession.objects.filter(user_id=by.pk).exclude(session_key=session_key)
    others = list(open_keys.values_list("session_key", flat=True))
    if others:
        _end(by, others, community, now)
    return len(others)


def forget_device(*, session_key: str) -> None:
    """Take a browser off the list of devices; its session is ended by the caller."""
    UserSession.objects.filter(session_key=session_key).delete()


def _end(by: Account, session_keys: list[str], community: Community | None, now: datetime) -> None:
    with transaction.atomic():
        Session.objects.filter(session_key__in=session_keys).delete()
        UserSession.objects.filter(session_key__in=session_keys).delete()
        _record("devices_ended", by, community, now, {"how_many": len(session_keys)})


def _record(
    kind: str, by: Account, community: Community | None, now: datetime, data: dict[str, str | int]
) -> None:
    with transaction.atomic():
        record(
            kind, community=community, by=None, subject_kind="account", subject_id=by.pk, now=now, data=data
        )
