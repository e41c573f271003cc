"""Entrance for Django's sessions: the account behind a session's key."""

from django.contrib.auth.backends import BaseBackend

from hearth.accounts import queries
from hearth.accounts.models import Account


class AccountBackend(BaseBackend):
    """Finds the account of a session in one query. It knows no passwords, and rights live in policies."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account while it is active."""
        return queries.active_account(user_id)
