"""What a page's request carries once the middlewares have met the visitor."""

from django.http import HttpRequest

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.members.models import Member


class PageRequest(HttpRequest):
    """A request inside a community. `member` is None for a visitor; `account` is whoever is signed in."""

    community: Community
    account: Account | None
    member: Member | None


class MemberRequest(PageRequest):
    """A request of a member (see `members.doors.members_only`)."""

    account: Account
    member: Member  # the door has checked that there is one


class NetworkRequest(HttpRequest):
    """A request of the network's own pages."""

    community: None
    account: Account | None
    member: None


class OperatorRequest(NetworkRequest):
    """A request of an operator (see `members.doors.operators_only`)."""

    account: Account  # the door has checked that there is one
