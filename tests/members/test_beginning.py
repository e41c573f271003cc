"""In the first hours of a community its founder is alone in it: until then the second step may wait."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from hearth.accounts import policy
from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role, Standing
from hearth.members.models import Member
from hearth.members.queries import begins_alone
from tests.accounts.door import give_app
from tests.people import NOW

pytestmark = pytest.mark.django_db


def found(slug: str = "new", *, now: datetime = NOW, is_sample: bool = False) -> Community:
    return found_community(
        slug=slug, name=slug.title(), country="IE", languages=["en"], now=now, is_sample=is_sample
    )


def add(
    community: Community, name: str, *roles: Role, came_in: bool = True, is_operator: bool = False
) -> Account:
    account = make_account(name=name, email=f"{name}@new.example", now=NOW, is_operator=is_operator)
    Account.objects.filter(pk=account.pk).update(last_login=NOW if came_in else None)
    join(community, account, *roles)
    return account


def join(community: Community, account: Account, *roles: Role) -> Member:
    with tenant(community):
        return welcome(
            community=community,
            account=account,
            profile=Profile(name=account.name),
            roles=roles,
            joined_at=NOW,
            now=NOW,
        )


def needs(account: Account, after: timedelta = timedelta(hours=1)) -> bool:
    return policy.needs_second_step(account, staff=True, now=NOW + after)


@pytest.mark.parametrize("is_operator", [True, False])
def test_the_founder_may_wait_for_a_day(is_operator: bool) -> None:
    anna = add(found(), "anna", Role.STEWARD, is_operator=is_operator)

    assert [needs(anna, timedelta(hours=hours)) for hours in (0, 23, 24, 48)] == [False, False, True, True]


def test_who_is_invited_but_has_not_come_in_yet_changes_nothing() -> None:
    community = found()
    anna = add(community, "anna", Role.STEWARD)
    add(community, "jan", came_in=False)

    assert needs(anna) is False


def test_the_second_person_who_comes_in_ends_the_waiting_for_both() -> None:
    community = found()
    anna, jan = add(community, "anna", Role.STEWARD), add(community, "jan", Role.STEWARD)

    assert (needs(anna), needs(jan)) == (True, True)
    with tenant(community):
        Member.objects.filter(account=jan).update(standing=Standing.LEFT)
    assert needs(anna) is False


def test_who_has_a_second_step_shows_it_at_once() -> None:
    anna = add(found(), "anna", Role.STEWARD)
    give_app(anna)

    assert needs(anna) is True


def test_who_looks_after_something_older_as_well_does_not_wait() -> None:
    old, new = found("old", now=NOW - timedelta(days=9)), found()
    anna = add(new, "anna", Role.STEWARD)
    join(old, anna)
    assert needs(anna) is False
    with tenant(old):
        Member.objects.filter(account=anna).update(is_moderator=True)
    assert needs(anna) is True


def test_an_operator_looks_after_every_community_but_the_samples() -> None:
    found("sample", now=NOW - timedelta(days=9), is_sample=True)
    anna = add(found(), "anna", Role.STEWARD, is_operator=True)
    assert needs(anna) is False
    found("another", now=NOW - timedelta(days=9))
    assert needs(anna) is True


def test_an_operator_where_nothing_was_begun_does_not_wait() -> None:
    anna = make_account(name="Anna", email="anna@new.example", now=NOW, is_operator=True)

    assert not begins_alone(anna, NOW)


def test_a_community_from_before_the_beginning_was_written_down_is_no_new_one() -> None:
    community = found()
    anna = add(community, "anna", Role.STEWARD)
    Community.objects.update(begun_at=None)

    assert needs(anna) is True


def test_a_beginning_in_the_future_is_none() -> None:
    anna = add(found(now=NOW + timedelta(days=3)), "anna", Role.STEWARD)

    assert needs(anna) is True


def test_the_founder_without_a_second_step_comes_to_the_operators_pages_and_stays_staff() -> None:
    from hearth.core.clock import now

    community = found(now=now())
    anna = add(community, "anna", Role.STEWARD, is_operator=True)
    browser = Client()
    browser.force_login(anna, backend="hearth.accounts.backends.AccountBackend")
    assert browser.get("/operator/outbox/").status_code == 200
    assert browser.session["staff"] is True

    add(community, "jan")
    assert "second-step/needed" in browser.get("/operator/outbox/")["Location"]
