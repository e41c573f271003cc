"""The signed-in session of a browser: begin it, end it, keep it within its length, tell how fresh it is."""

import time
from datetime import UTC, datetime

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from hearth.accounts import actions, policy, staff, visitors
from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.errors import NotFound

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
STAFF = "staff"
HOW = "how"
SAMPLE = "sample"


def enter(request: HttpRequest, account: Account, *, how: str, next_path: str = "") -> HttpResponse:
    """Let the account in and return where it goes; asks for the second step first where the account has one.

    The caller has made sure who it is. Whoever else was signed in in this browser is signed out.
    """
    known = signed_in(request)
    if known is not None and known.pk != account.pk:
        end(request)
    request.session[HOW] = how
    record_authentication(request, account, method=how)
    target = next_path if visitors.is_path_here(request, next_path) else visitors.front(request)
    answer: HttpResponse = perform_login(request, account, email_verification="none", redirect_url=target)
    return answer


def sign_in_as_sample(request: HttpRequest, account: Account) -> HttpResponse:
    """Let a sample person in by one click and return the redirect. To anyone else, or with the door closed: not there."""
    if not policy.can_use_sample_door(account):
        raise NotFound("")
    return enter(request, account, how=SAMPLE, next_path=visitors.next_path(request))


def begin(request: HttpRequest, account: Account, now: datetime) -> None:
    """Start the clock of a session that has just been opened, and record who came in."""
    is_staff = staff.is_staff(account)
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(now.timestamp())
    mark_staff(request, is_staff)
    actions.note_signed_in(
        by=account, community=_community(request), how=request.session.pop(HOW, "passkey"), now=now
    )


def mark_staff(request: HttpRequest, is_staff: bool) -> None:
    """Give the session the length of a staff session, or that of a member."""
    request.session[STAFF] = is_staff
    request.session.set_expiry(int(policy.session_length(staff=is_staff).idle.total_seconds()))


def end(request: HttpRequest) -> None:
    """Sign this browser out and empty its session."""
    if request.session.session_key:
        actions.forget_device(session_key=request.session.session_key)
    logout(request)


def keep_within_length(request: HttpRequest, now: datetime) -> None:
    """End a session that is over; note the use of one that is not, seldom enough to cost nothing."""
    session = request.session
    if SIGNED_IN_AT not in session:
        return
    is_staff, seen_at = bool(session.get(STAFF)), _moment(session[SEEN_AT])
    if policy.session_is_over(
        staff=is_staff, signed_in_at=_moment(session[SIGNED_IN_AT]), seen_at=seen_at, now=now
    ):
        end(request)
    elif now - seen_at >= policy.session_length(staff=is_staff).noted_every:
        session[SEEN_AT] = int(now.timestamp())
        actions.note_use(session_key=session.session_key or "", now=now)


def confirm(request: HttpRequest, account: Account, *, how: str) -> None:
    """Write into the session that this person has just shown once more who they are."""
    record_authentication(request, account, method=how, reauthenticated=True)


def is_fresh(request: HttpRequest, account: Account) -> bool:
    """Return whether this person has shown who they are within `policy.FRESH`; with a second step, by that step."""
    oldest = time.time() - policy.FRESH.total_seconds()
    recent = [one for one in get_authentication_records(request, account) if one["at"] > oldest]
    if policy.has_second_step(account):
        return any(one["method"] == "mfa" for one in recent)
    return bool(recent)


def took_second_step(request: HttpRequest, account: Account) -> bool:
    """Return whether a passkey, an app's code or a recovery code was used in this session."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, account))


def signed_in(request: HttpRequest) -> Account | None:
    """Return who is signed in in this browser."""
    return request.user if isinstance(request.user, Account) else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _community(request: HttpRequest) -> Community | None:
    return getattr(request, "community", None)
