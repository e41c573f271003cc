"""Whoever has the whole database cannot find out who said what, once a workshop has ended."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hearth.core.models import FormToken
from hearth.core.tenancy import tenant
from hearth.purpose.actions import workshop_deciding, workshop_taking_part
from hearth.purpose.enums import Part, Step
from hearth.purpose.models import Contribution, Workshop, WorkshopDraft
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW
from tests.purpose.workshop_people import Studio, studio


@pytest.fixture
def room(db: None) -> Iterator[Studio]:
    made = studio()
    with tenant(made.cast.community):
        made.arrives("maria")
        made.arrives("jan")
        made.move(Step.WRITE)
        yield made


def end(room: Studio) -> None:
    workshop_deciding.set_aside(by=room.cast.people["steward"], workshop=room.workshop)


def test_the_keys_of_what_was_said_no_longer_stand_in_the_order_of_writing(room: Studio) -> None:
    for number in range(12):
        room.says(("maria", "jan")[number % 2], Part.WHY, f"reason {number:02} of twelve")
    written = list(Contribution.objects.order_by("pk").values_list("words", flat=True))
    handles = dict(Contribution.objects.values_list("words", "handle"))
    end(room)

    kept = Contribution.objects.order_by("pk")
    assert [row.words for row in kept] == sorted(written, key=lambda words: handles[words]) != written
    assert {row.words: row.handle for row in kept} == handles


def test_the_forms_that_were_sent_do_not_say_by_whom(room: Studio) -> None:
    for who in ("maria", "jan"):
        words = {"part": "why", "words_why": f"{who} says so", "form_token": f"token-of-{who}"}
        assert room.post(who, "write/", **words).status_code == 302

    kept = str(list(FormToken.objects.values_list("token", "result")))
    assert FormToken.objects.count() == 2
    for who in ("maria", "jan"):
        assert f"m{room.cast.people[who].pk}:" not in kept
        assert f"token-of-{who}" not in kept


def test_a_draft_that_arrives_beside_the_end_is_not_kept(room: Studio) -> None:
    before = Workshop.objects.get(pk=room.workshop.pk)
    end(room)
    workshop_taking_part.save_draft(
        by=room.cast.people["maria"], workshop=before, place="why", words="still writing", now=NOW
    )

    assert not WorkshopDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_drafts_sent_at_the_moment_of_the_end_none_is_left(tmp_path: Path) -> None:
    room = studio()
    people = room.cast.people

    def inside(act: partial[None]) -> None:
        with tenant(room.cast.community):
            act()

    drafts = [
        partial(
            workshop_taking_part.save_draft,
            by=people[who], workshop=room.workshop, place=place, words="still writing", now=NOW,
        )
        for who in ("maria", "jan", "steward")
        for place in ("who", "what", "why")
    ]  # fmt: skip
    with open_to_threads(tmp_path):
        over = partial(workshop_deciding.set_aside, by=people["steward"], workshop=room.workshop)
        outcomes = together(*[partial(inside, act) for act in [*drafts, over]])
        left = alone(lambda: WorkshopDraft._base_manager.count())

    assert failures(outcomes) == []
    assert left == 0
