"""A community of one's own begins with one command, and its steward can come in."""

import pytest

from hearth.accounts.models import Account
from hearth.core.errors import Conflict, Invalid
from hearth.core.tenancy import tenant
from hearth.members.models import Member
from hearth.setup.actions import Beginning, begin_community
from hearth.spaces.models import Space, SpaceMember
from tests.people import NOW

NORTH = Beginning(
    "Die Nordlichter", "Ása Þórsdóttir", "asa@north.example", "at", "de", "Europe/Vienna", "Willkommen"
)


@pytest.mark.django_db
def test_a_community_begins_with_a_steward_who_runs_the_server_and_a_first_space() -> None:
    community = begin_community(beginning=NORTH, now=NOW)
    account = Account.objects.get(email="asa@north.example")
    with tenant(community):
        steward, space = Member.objects.get(), Space.objects.get()
        assert (steward.account, steward.is_steward, account.is_operator) == (account, True, True)
        assert (space.name, SpaceMember.objects.get().member) == ("Willkommen", steward)
    assert (community.slug, community.country, community.language) == ("die-nordlichter", "AT", "de")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"name": "Друзья"}, Invalid), ({"time_zone": "Mars/North"}, Invalid), ({}, Conflict)],
)
def test_a_second_one_a_nameless_one_and_one_on_mars_are_refused_and_leave_nothing(
    change: dict[str, str], refusal: type[Exception]
) -> None:
    begin_community(beginning=NORTH, now=NOW)
    again = Beginning(**({field: getattr(NORTH, field) for field in NORTH.__slots__} | change))
    with pytest.raises(refusal):
        begin_community(beginning=again, now=NOW)
    assert Account.objects.count() == 1
