"""What a page's request carries here: the community where one is open, and the account behind a door."""

from django.http import HttpRequest

from hearth.accounts.models import Account
from hearth.communities.models import Community


class VisitorRequest(HttpRequest):
    """A request of anybody, inside a community or on the network's own pages."""

    community: Community | None


class AccountRequest(VisitorRequest):
    """A request of somebody who is signed in (see `accounts.doors.signed_in_only`)."""

    account: Account
