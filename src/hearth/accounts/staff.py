"""Who is staff. `config` fills it in: roles lie above this package.

In `config`, at start: `staff.fill(is_staff=members.queries.keeps_order_somewhere)`. The function is given an account and
says whether that person is a steward or moderator of a community that is not a sample; it is asked once at sign-in.
"""

from collections.abc import Callable

from hearth.accounts.models import Account


class _Rule:
    is_staff: Callable[[Account], bool] | None = None


def fill(*, is_staff: Callable[[Account], bool]) -> None:
    """Set who is staff beside the operators."""
    _Rule.is_staff = is_staff


def is_staff(account: Account) -> bool:
    """Return whether this person looks after others' things: an operator, or whoever the filled-in rule names."""
    return account.is_operator or (_Rule.is_staff is not None and _Rule.is_staff(account))
