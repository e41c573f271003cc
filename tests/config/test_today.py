"""Today has something for everybody: whoever is in no space yet sees which ones stand open."""

from datetime import timedelta

import pytest

from hearth.core.tenancy import tenant
from hearth.members.models import Member
from hearth.spaces.actions import let_in
from tests.people import NOW, Cast, browser_of, build

pytestmark = pytest.mark.django_db

OPEN_TO_YOU = "These spaces are open to you."


@pytest.fixture
def cast() -> Cast:
    """The north, and Nia, who came after everything was said."""
    cast = build("north")
    cast.add("nia")
    with tenant(cast.community):
        late = NOW + timedelta(days=1)
        Member.objects.filter(pk=cast.people["nia"].pk).update(joined_at=late)
    return cast


def today(cast: Cast, key: str) -> str:
    answer = browser_of(cast.accounts[key]).get("/c/north/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_newcomer_sees_the_open_spaces_and_no_others(cast: Cast) -> None:
    shown = today(cast, "nia")

    assert OPEN_TO_YOU in shown
    assert "north-open-room-canary" in shown
    assert "north-closed-room-canary" not in shown
    assert "north-hidden-room-canary" not in shown
    assert "You have read everything." not in shown


def test_whoever_is_in_a_space_has_read_everything(cast: Cast) -> None:
    with tenant(cast.community):
        let_in(member=cast.people["nia"], space=cast.spaces["closed"], now=NOW)

    shown = today(cast, "nia")

    assert OPEN_TO_YOU not in shown
    assert "You have read everything." in shown
    assert "Nothing waits for you." in shown


def test_what_is_new_comes_before_the_spaces(cast: Cast) -> None:
    cast.talk("later", "open", "maria")

    assert OPEN_TO_YOU in today(cast, "nia")
    with tenant(cast.community):
        Member.objects.filter(pk=cast.people["nia"].pk).update(joined_at=NOW)
    assert OPEN_TO_YOU not in today(cast, "nia")


def test_a_steward_for_whom_something_waits_is_not_told_that_nothing_does(cast: Cast) -> None:
    with tenant(cast.community):
        let_in(member=cast.people["steward"], space=cast.spaces["open"], now=NOW)
        Member.objects.filter(pk=cast.people["steward"].pk).update(joined_at=NOW + timedelta(days=1))

    shown = today(cast, "steward")

    assert "This is the next step, when you like." in shown
    assert "You have read everything." in shown
    assert "Nothing waits for you." not in shown
