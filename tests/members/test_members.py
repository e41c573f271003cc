import pytest
from django.test import Client

from hearth.core.errors import Invalid, NotAllowed, NotFound
from hearth.happenings.models import Happening
from hearth.members.actions import Profile, change_profile
from hearth.members.enums import Role, Standing
from hearth.members.models import Member
from hearth.members.queries import member_of, newest_people, people, person_by_id
from tests.people import NOW, Cast


@pytest.mark.parametrize("name", ["Ңұрлан Әбілқызы", "松本 葵", "أمل الزهراء", "Ó Súilleabháin", "👩‍🦽 Mia"])
def test_a_name_in_any_alphabet_is_kept_as_it_is(cast: Cast, name: str) -> None:
    maria = cast.people["maria"]
    change_profile(by=maria, whose=maria, profile=Profile(name=f"  {name} "), now=NOW)

    assert Member.objects.get(pk=maria.pk).name == name


@pytest.mark.parametrize("name", ["", " \t\n", "\x00\x07", "\u200b\u2060 \u200f", "n" * 121])
def test_a_name_that_is_none_or_too_long_is_refused(cast: Cast, name: str) -> None:
    maria = cast.people["maria"]
    with pytest.raises(Invalid):
        change_profile(by=maria, whose=maria, profile=Profile(name=name), now=NOW)

    assert Member.objects.get(pk=maria.pk).name == "Maria"


@pytest.mark.parametrize("role", ["jan", "mod", "steward"])
def test_nobody_changes_the_profile_of_another(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        change_profile(by=cast.people[role], whose=cast.people["maria"], profile=Profile(name="X"), now=NOW)
    assert not Happening.objects.filter(kind="profile_changed").exists()


def test_former_members_and_guests_are_no_members(cast: Cast) -> None:
    cast.add("guest")
    Member.objects.filter(pk=cast.people["guest"].pk).update(standing=Standing.GUEST)

    assert [person.name for person in people()] == ["Jan", "Maria", "Mod", "Steward"]
    assert "Gone" not in {person.name for person in newest_people(most=10)}
    assert member_of(cast.accounts["gone"]) is None
    assert member_of(cast.accounts["guest"]) is None
    assert member_of(cast.accounts["maria"]) == cast.people["maria"]


def test_a_former_member_is_seen_by_nobody_and_a_guest_by_members(cast: Cast) -> None:
    cast.add("guest")
    Member.objects.filter(pk=cast.people["guest"].pk).update(standing=Standing.GUEST)

    assert person_by_id(cast.people["maria"], cast.people["guest"].public_id) == cast.people["guest"]
    for reader, whose in (("maria", "gone"), (None, "guest"), (None, "jan")):
        with pytest.raises(NotFound):
            person_by_id(cast.people[reader] if reader else None, cast.people[whose].public_id)


def test_roles_stand_in_their_order(cast: Cast) -> None:
    cast.add("many", Role.EXPERT, Role.STEWARD, Role.GREETER)

    assert cast.people["many"].roles == [Role.STEWARD, Role.GREETER, Role.EXPERT]
    assert cast.people["many"].keeps_order
    assert not cast.people["maria"].keeps_order


def test_a_role_cannot_be_taken_through_the_form(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.accounts["maria"], backend="hearth.accounts.backends.AccountBackend")
    form = {
        "name": "Maria",
        "reach_by": "email",
        "is_steward": "on",
        "roles": "steward",
        "standing": "left",
        "account": "1",
    }

    assert browser.post("/c/north/people/me/", form).status_code == 302
    maria = Member.objects.get(pk=cast.people["maria"].pk)
    assert (maria.roles, maria.standing, maria.account_id) == ([], Standing.ACTIVE, cast.accounts["maria"].pk)


def test_a_person_in_two_communities_has_one_account_and_two_profiles(cast: Cast) -> None:
    from hearth.core.tenancy import tenant
    from hearth.members.actions import welcome
    from tests.people import build

    south = build("south")
    with tenant(south.community):
        there = welcome(
            community=south.community,
            account=cast.accounts["maria"],
            profile=Profile(name="Marie"),
            joined_at=NOW,
            now=NOW,
        )
        assert member_of(cast.accounts["maria"]) == there
    assert member_of(cast.accounts["maria"]) == cast.people["maria"]
