"""Who is staff, and whose second step may wait. `config` fills it in: roles lie above this package.

In `config`, at start: `staff.fill(is_staff=members.queries.keeps_order_somewhere, may_wait=members.queries.begins_alone)`.
`is_staff` is given an account and says whether that person is a steward or moderator of a community that is not a sample;
it is asked once at sign-in. `may_wait` is given an account and the time, and asked where a second step is missing.
"""

from collections.abc import Callable
from datetime import datetime

from hearth.accounts.models import Account


class _Rule:
    is_staff: Callable[[Account], bool] | None = None
    may_wait: Callable[[Account, datetime], bool] | None = None


def fill(
    *, is_staff: Callable[[Account], bool], may_wait: Callable[[Account, datetime], bool] | None = None
) -> None:
    """Set who is staff beside the operators, and whose second step may wait (nobody's, where that is left out)."""
    _Rule.is_staff, _Rule.may_wait = is_staff, may_wait


def is_staff(account: Account) -> bool:
    """Return whether this person looks after others' things: an operator, or whoever the filled-in rule names."""
    return account.is_operator or (_Rule.is_staff is not None and _Rule.is_staff(account))


def may_wait(account: Account, now: datetime) -> bool:
    """Return whether this person looks after nobody's things but their own yet, so that the second step may wait."""
    return _Rule.may_wait is not None and _Rule.may_wait(account, now)
