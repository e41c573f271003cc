"""Two who begin a community in one empty network at the same moment."""

from functools import partial
from pathlib import Path

import pytest

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.errors import NotAllowed
from hearth.setup import actions, policy
from hearth.setup.models import Beginning
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW


def answered(number: int) -> Beginning:
    beginning = actions.begin(by=None, key=policy.begin_key(), now=NOW)
    actions.say_name(beginning=beginning, name="One name")
    actions.say_who(beginning=beginning, name=f"Asa {number}", email=f"asa{number}@example.org")
    actions.say_languages(beginning=beginning, chosen=["en"], country="IE")
    return beginning


@pytest.mark.django_db(transaction=True)
def test_of_three_who_found_at_once_one_does_and_one_runs_the_server(tmp_path: Path) -> None:
    acts = [partial(actions.found, by=None, beginning=answered(number), now=NOW) for number in range(3)]
    with open_to_threads(tmp_path):
        outcomes = together(*acts)
        counts = alone(lambda: (Community.objects.count(), Account.objects.filter(is_operator=True).count()))

    assert [type(error) for error in failures(outcomes)] == [NotAllowed, NotAllowed]
    assert counts == (1, 1)
