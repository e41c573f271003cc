"""The sample network shows a purpose that was adopted, and one that is half found."""

import pytest

from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.purpose.enums import Ending
from hearth.purpose.models import Goal, Interview, Statement, TookPart
from hearth.setup import sample_files as files
from hearth.setup.actions import load_sample
from hearth.spaces.models import Space
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_each_purpose_stands_as_in_the_files_and_spaces_serve_its_goals() -> None:
    whole = 0
    for community in load_sample(now=NOW):
        said = files.community(community.slug)
        kept = Community.objects.get(pk=community.pk)
        if not all((said["purpose"]["why"], *said["purpose"]["whats"])):
            continue
        whole += 1
        with tenant(community):
            statement = Statement.objects.get()
            goals = {goal.place: goal.words for goal in Goal.objects.all()}
            served = {space.slug: space.goal.place for space in Space.objects.exclude(goal=None)}
            named = TookPart.objects.filter(statement=statement, named=True).count()
        assert kept.purpose_sentences == [[said["languages"][0], said["purpose_line"]]]
        assert kept.shows_purpose_in_network
        assert statement.sentence == said["purpose_line"]
        assert list(goals.values()) == said["purpose"]["whats"]
        assert served == {room["slug"]: room["goal"] for room in files.spaces(community.slug) if room["goal"]}
        assert named > 0

    assert whole == 2


def test_a_purpose_that_is_half_found_waits_in_the_interview_of_its_steward() -> None:
    communities = {community.slug: community for community in load_sample(now=NOW)}
    said = files.community("pas-comptes")["purpose"]
    with tenant(communities["pas-comptes"]):
        interview = Interview.objects.get()
        assert Statement.objects.count() == 0

    assert (interview.ending, interview.led_by.is_steward) == (Ending.OPEN, True)
    assert (interview.who, interview.what_1, interview.what_2) == (said["who"], *said["whats"][:2])
    assert (interview.what_3, interview.why) == ("", "")
    assert Community.objects.get(slug="pas-comptes").purpose_sentence == ""
