import pytest

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.communities.queries import network
from hearth.core.clock import now
from hearth.core.errors import Invalid
from hearth.core.tenancy import tenant
from hearth.members.models import Member
from hearth.setup.actions.found import Beginning, begin
from hearth.spaces.models import Space

LAKE = Beginning(
    name="Lake Society",
    slug="lake",
    country="AT",
    languages=("de", "en"),
    time_zone="Europe/Vienna",
    steward="Resi Auer",
    email="resi@lake.example",
    space="Ankommen",
)
HILL = Beginning(
    name="Hill Society",
    slug="hill",
    country="CH",
    languages=("fr",),
    time_zone="Europe/Zurich",
    steward="Luc Favre",
    email="luc@hill.example",
    space="Bienvenue",
)

pytestmark = pytest.mark.django_db


def test_a_community_begins_with_a_steward_and_a_space() -> None:
    community = begin(LAKE, now=now())
    with tenant(community):
        assert [(one.name, one.is_steward) for one in Member.objects.all()] == [("Resi Auer", True)]
        assert [space.name for space in Space.objects.all()] == ["Ankommen"]
    assert (community.language, community.time_zone) == ("de", "Europe/Vienna")
    assert network().name == "Lake Society"


def test_only_the_first_steward_is_the_operator() -> None:
    begin(LAKE, now=now())
    begin(HILL, now=now())
    assert list(Account.objects.order_by("pk").values_list("name", "is_operator")) == [
        ("Resi Auer", True),
        ("Luc Favre", False),
    ]
    assert network().name == "Lake Society"


def test_a_beginning_that_is_refused_leaves_nothing() -> None:
    with pytest.raises(Invalid):
        begin(
            Beginning("Lake", "lake", "AT", ("de",), "Europe/Vienna", "  ", "a@b.example", "Ankommen"),
            now=now(),
        )
    assert not Community.objects.exists()
    assert network().pk is None
