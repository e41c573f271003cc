"""A purpose is adopted as it was looked at, never in other words that came meanwhile."""

import re
from collections.abc import Iterator

import pytest

from hearth.core import live
from hearth.core.tenancy import tenant
from hearth.purpose.actions import begin, lend, workshop_leading, write
from hearth.purpose.enums import Step
from hearth.purpose.models import Interview, Proposal, Statement
from hearth.purpose.parts import Parts
from tests.people import NOW
from tests.purpose.workshop_people import Studio, shown, studio

pytestmark = pytest.mark.django_db

WHOLE = {"who": "people far out", "what_1": "phone", "what_2": "write", "what_3": "walk", "why": "joy lives"}


@pytest.fixture
def room() -> Iterator[Studio]:
    made = studio()
    with tenant(made.cast.community):
        yield made


def fields(page: str) -> dict[str, str]:
    """Return what the form of a page holds without being asked."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_words_that_the_helper_changed_meanwhile_are_shown_before_they_are_adopted(room: Studio) -> None:
    steward, browser = room.cast.people["steward"], room.browser("steward")
    parts = Parts("people far out", ("phone", "write", "walk"), "joy lives")
    lent = lend(
        by=steward,
        interview=begin(by=steward, language="en", parts=parts, now=NOW),
        to=room.cast.people["jan"],
        now=NOW,
    )
    address = f"/c/north/purpose/interview/{lent.public_id}/adopt/"
    opened = fields(browser.get(address).content.decode())
    write(by=room.cast.people["jan"], interview=lent, part="who", words="people nearby", now=NOW)
    answer = browser.post(address, opened)

    assert answer.status_code == 409
    assert "people nearby" in shown(answer.content.decode())
    assert not Statement.objects.exists()
    assert browser.post(address, fields(answer.content.decode())).status_code == 302
    assert Statement.objects.get().who == "people nearby"


def test_the_page_of_all_parts_writes_over_nothing_that_it_did_not_show(room: Studio) -> None:
    steward, browser = room.cast.people["steward"], room.browser("steward")
    parts = Parts("people far out", ("phone", "write", "walk"), "joy lives")
    lent = lend(
        by=steward,
        interview=begin(by=steward, language="en", parts=parts, now=NOW),
        to=room.cast.people["jan"],
        now=NOW,
    )
    address = f"/c/north/purpose/interview/{lent.public_id}/write/"
    typed = {**WHOLE, "why": "joy comes back"}
    opened = fields(browser.get(address).content.decode())
    write(by=room.cast.people["jan"], interview=lent, part="why", words="joy is shared", now=NOW)
    answer = browser.post(address, opened | typed)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "joy is shared" in page and "joy comes back" in page
    assert Interview.objects.get().why == "joy is shared"
    assert browser.post(address, fields(page) | typed).status_code == 302
    assert Interview.objects.get().why == "joy comes back"


def test_a_page_of_an_earlier_round_does_not_adopt_the_proposal_of_a_later_one(room: Studio) -> None:
    room.arrives("steward")
    for step in (Step.PROPOSE, Step.ADOPT):
        room.move(step)
    Proposal.objects.filter(place=1).update(**WHOLE)
    live.touch(room.workshop.key)
    opened = fields(room.text("steward", "proposals/1/adopt/"))
    workshop_leading.go_another_round(
        by=room.cast.people["steward"], workshop=room.workshop, to=Step.PROPOSE, learned="", seen_round=1, now=NOW
    )  # fmt: skip
    Proposal.objects.filter(place=1, round=2).update(**WHOLE | {"who": "people nearby"})
    room.move(Step.ADOPT)
    answer = room.post("steward", "proposals/1/adopt/", **opened)

    assert answer.status_code == 409
    assert "people nearby" in shown(answer.content.decode())
    assert not Statement.objects.exists()
    again = fields(answer.content.decode())
    assert room.post("steward", "proposals/1/adopt/", **again).status_code == 302
    assert Statement.objects.get().who == "people nearby"
