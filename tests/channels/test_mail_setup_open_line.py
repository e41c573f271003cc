"""A line that was good enough while nobody signed in is not one for a password."""

import pytest

from hearth.channels import actions, queries
from hearth.channels.enums import Place, Security
from hearth.channels.models import MailAccount
from hearth.channels.providers import OTHER
from tests.people import NOW, operator

pytestmark = pytest.mark.django_db


def test_a_password_does_not_follow_over_the_open_line_on_which_nobody_signed_in() -> None:
    MailAccount.objects.create(
        place=Place.USED, provider=OTHER, host="relay.example.org", port=25, security=Security.NONE,
        sender="asa@north.example", works_since=NOW, changed_at=NOW,
    )  # fmt: skip
    by = operator()
    actions.name_user(by=by, username="asa", now=NOW)
    actions.keep_password(by=by, password="secret", now=NOW)

    known = queries.known_account()
    assert known is not None
    assert (known.place, known.username, known.security) == (Place.TRIAL, "asa", Security.AUTO)
    # What works stays as it is until another way was tested.
    assert MailAccount.objects.get(place=Place.USED).security == Security.NONE


def test_without_a_user_name_the_line_stays_as_it_was_found() -> None:
    MailAccount.objects.create(
        place=Place.USED, provider=OTHER, host="localhost", port=25, security=Security.NONE,
        sender="asa@north.example", works_since=NOW, changed_at=NOW,
    )  # fmt: skip
    actions.name_sender(by=operator(), address="office@north.example", now=NOW)

    known = queries.known_account()
    assert known is not None
    assert (known.place, known.security) == (Place.TRIAL, Security.NONE)
