"""A workshop from the first step to the purpose, through its pages as browsers send them."""

import re
from collections.abc import Iterator

import pytest

from hearth.core.tenancy import tenant
from hearth.purpose.enums import Ending, Step
from hearth.purpose.models import Cluster, Contribution, Statement, TookPart, Workshop
from tests.purpose.workshop_people import Studio, studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[Studio]:
    made = studio()
    with tenant(made.cast.community):
        yield made


def onward(room: Studio, seen: Step, to: Step) -> None:
    answer = room.post("steward", "move/", seen=seen, to=to)
    assert answer.status_code == 302
    for who in ("maria", "jan", "steward"):
        for path in ("", "part/"):
            assert room.page(who, path).status_code == 200, (who, path, to)


def test_a_workshop_leads_from_arrival_to_an_adopted_purpose(room: Studio) -> None:
    for who, side in (("maria", "member"), ("jan", "both"), ("steward", "staff")):
        assert room.post(who, "arrive/", side=side, line=f"I am {who}", named="on").status_code == 302
    onward(room, Step.ARRIVE, Step.WRITE)
    said = {
        "who": ["people in their first year with MS", "people in their first year"],
        "what": [
            "phone each other before the first infusion",
            "swap tricks for tired days",
            "swap tricks for tired nights",
        ],
        "why": [
            "no one is alone with the diagnosis",
            "nobody is alone with it",
            "a diagnosis is never the end of a dream",
        ],
    }
    for part, answers in said.items():
        for place, words in enumerate(answers):
            who = ("maria", "jan")[place % 2]
            assert room.post(who, "write/", part=part, **{f"words_{part}": words}).status_code == 302
    assert "phone each other" not in room.text("steward")
    assert "phone each other" in room.text("maria")
    onward(room, Step.WRITE, Step.READ)
    assert "phone each other" in room.text("jan")
    onward(room, Step.READ, Step.GROUP)
    alone = Cluster.objects.get(part="why", shared="alone")
    assert alone.contributions.count() == 2
    stray = Contribution.objects.get(words__startswith="a diagnosis is never")
    moved = room.post("maria", "together/", part="why", handle=[stray.handle], into=alone.handle)
    assert moved.status_code == 302
    assert alone.contributions.count() == 3
    onward(room, Step.GROUP, Step.FEEL)
    for cluster in Cluster.objects.all():
        for who in ("maria", "jan"):
            form = {"feel": f"{cluster.handle}:warm", f"why-{cluster.handle}": "at last"}
            assert room.post(who, "feel/", **form).status_code == 302
    onward(room, Step.FEEL, Step.LADDER)
    assert (
        room.post("maria", "ladder/", number="1", words="because fear shrinks when shared").status_code == 302
    )
    handle = re.search(r'name="handle" value="(\w+)"', room.text("steward"))
    assert handle
    assert room.post("steward", "ladder/choose/", handle=handle[1]).status_code == 302
    onward(room, Step.LADDER, Step.PROPOSE)
    whole = {
        "who": "people in their first year with MS",
        "what_1": "phone each other",
        "what_2": "swap tricks",
        "what_3": "laugh together",
        "why": "no one is alone",
    }
    assert room.post("jan", "proposals/1/", version="1", **whole).status_code == 302
    onward(room, Step.PROPOSE, Step.ANSWER)
    for who, says in (
        ("maria", "member:warm"),
        ("jan", "member:warm"),
        ("jan", "staff:nearly"),
        ("steward", "staff:warm"),
    ):
        answered = room.post(who, "proposals/1/answer/", says=says, **{"why-1-staff": "yes"})
        assert answered.status_code == 302, who
    onward(room, Step.ANSWER, Step.ADOPT)
    assert room.page("steward", "proposals/1/adopt/").status_code == 200
    assert room.post("steward", "proposals/1/adopt/", replaces="0").status_code == 302
    statement = Statement.objects.get()
    assert statement.sentence.startswith(
        "We bring together people in their first year with MS to phone each other"
    )
    assert set(TookPart.objects.values_list("member__name", "named")) == {
        ("Maria", True),
        ("Jan", True),
        ("Steward", True),
    }
    assert Workshop.objects.get().ending == Ending.ADOPTED
    for who in ("maria", "steward"):
        assert "We bring together" in room.text(who)


def test_today_shows_the_way_in_to_those_who_are_invited(room: Studio) -> None:
    home = f"/c/{room.cast.community.slug}/"
    shown = {
        who: room.address in room.browser(who).get(home).content.decode()
        for who in ("maria", "mod", "steward")
    }

    assert shown == {"maria": True, "mod": False, "steward": True}
