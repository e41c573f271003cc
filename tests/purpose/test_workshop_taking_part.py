"""Writing, feeling, climbing: what is taken, what is kindly refused, and that nobody learns who said it."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection

from hearth.core.tenancy import tenant
from hearth.happenings.models import Happening
from hearth.purpose.actions import workshop_deciding, workshop_leading, workshop_taking_part
from hearth.purpose.enums import Part, Side, Step, Warmth
from hearth.purpose.models import (
    Cluster,
    Contribution,
    Feeling,
    Proposal,
    SharedRung,
    Workshop,
    WorkshopDraft,
)
from tests.people import NOW
from tests.purpose.workshop_people import Studio, shown, studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[Studio]:
    made = studio()
    with tenant(made.cast.community):
        made.arrives("maria", line="I bake")
        made.arrives("jan", Side.BOTH)
        made.arrives("steward", Side.STAFF)
        made.move(Step.WRITE)
        yield made


BAD = {
    "empty": ("", "Nothing is written here yet"),
    "blanks only": (" \u200b \n", "Nothing is written here yet"),
    "one letter": ("x", "There are no words here yet"),
    "emoji only": ("❤❤❤", "There are no words here yet"),
    "5,000 characters": ("long words " * 455, "characters too long"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_taken_is_refused_kindly_and_stays_in_its_field(room: Studio, case: str) -> None:
    words, reason = BAD[case]
    answer = room.post("maria", "write/", part="why", words_why=words)
    page = answer.content.decode()

    assert (answer.status_code, reason in shown(page)) == (422, True)
    assert "<title>Error:" in page
    assert words.strip()[:3000] in page
    assert Contribution.objects.count() == 0


def test_markup_is_only_text(room: Studio) -> None:
    room.says("maria", Part.WHY, "<script>alert(1)</script> and <b>joy</b>")
    room.move(Step.READ)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; and &lt;b&gt;joy&lt;/b&gt;" in room.text("jan")


def test_the_same_answer_three_times_is_kept_once_and_said_kindly(room: Studio) -> None:
    for words in ("No one is alone", "no one  is ALONE", "No one is alone"):
        assert room.post("maria", "write/", part="why", words_why=words).status_code == 302

    assert Contribution.objects.count() == 1
    assert "You have said that already." in room.text("maria")


def test_two_people_may_say_the_same_and_both_count(room: Studio) -> None:
    assert [room.says(who, Part.WHY, "No one is alone") for who in ("maria", "jan")] == [True, True]
    assert Contribution.objects.count() == 2


def test_a_form_that_is_sent_twice_is_one_answer(room: Studio) -> None:
    form = {"part": "what", "words_what": "walk together", "form_token": "t" * 22}
    answers = [room.post("maria", "write/", **form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Contribution.objects.count() == 1


def test_nobody_but_the_writer_sees_what_is_being_written_and_nobody_whose_it_is(room: Studio) -> None:
    room.says("maria", Part.WHY, "because maria-secret matters")

    assert "maria-secret" not in room.text("jan") + room.text("steward") + room.text("steward", "part/")
    assert "Yours" in room.text("maria")
    room.move(Step.READ)
    for who in ("jan", "steward"):
        page = room.text(who)
        line = page[page.index("maria-secret") - 400 : page.index("maria-secret") + 400]
        assert "Maria" not in line
        assert room.cast.people["maria"].public_id not in line


def test_the_order_tells_nothing_of_time_or_person(room: Studio) -> None:
    words = [f"word{chr(97 + place)} stands here" for place in range(12)]
    for place, one in enumerate(words):
        room.says("maria" if place < 6 else "jan", Part.WHY, one)
    room.move(Step.READ)
    page = room.text("steward")
    order = sorted(words, key=page.index)

    assert sorted(order) == words
    assert order not in (words, words[::-1])
    assert order == sorted(words, key=room.text("jan").index)
    assert order == [one.words for one in Contribution.objects.order_by("handle")]


def test_no_happening_and_no_token_holds_what_somebody_wrote_or_felt(room: Studio) -> None:
    room.post("maria", "write/", part="why", words_why="canary in writing", form_token="a" * 22)
    room.move(Step.GROUP)
    handle = Cluster.objects.get().handle
    room.move(Step.FEEL)
    room.post("maria", "feel/", **{"feel": f"{handle}:cold", f"why-{handle}": "canary in feeling"})
    room.move(Step.LADDER)
    room.post("jan", "ladder/", number="1", words="canary on the ladder")
    tables = [name for name in connection.introspection.table_names() if not name.startswith("purpose_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "canary in" not in str(cursor.fetchall()), table
            assert "canary on" not in str(cursor.fetchall()), table
    kinds = set(
        Happening.objects.filter(actor_id=room.cast.people["maria"].pk).values_list("kind", flat=True)
    )
    assert not any(kind.startswith("workshop") for kind in kinds)
    assert json.dumps(list(Happening.objects.values_list("data", flat=True))).count("canary") == 0


def test_after_the_end_nobody_can_find_out_who_said_what(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    for step in list(Step)[2:]:
        room.move(step)
        if step == Step.FEEL:
            handle = Cluster.objects.get().handle
            workshop_deciding.feel(
                by=room.cast.people["jan"], workshop=room.workshop, handle=handle, warmth=Warmth.WARM, why=""
            )
        if step == Step.LADDER:
            workshop_taking_part.climb(
                by=room.cast.people["jan"], workshop=room.workshop, number=1, words="so it is"
            )
    room.post("maria", "draft/why/", words_why="still writing")
    rows = (Contribution, Feeling, SharedRung)
    assert all(model.objects.exclude(author=None).exists() for model in rows)
    workshop_deciding.set_aside(by=room.cast.people["steward"], workshop=room.workshop)

    assert not any(model.objects.exclude(author=None).exists() for model in rows)
    assert not WorkshopDraft.objects.exists()
    assert room.post("maria", "draft/why/", words_why="too late").status_code == 204
    assert not WorkshopDraft.objects.exists()
    assert room.post("maria", "write/", part="why", words_why="too late, says she").status_code == 409


def test_what_was_being_written_is_still_there_after_the_facilitator_moved_on(room: Studio) -> None:
    assert room.post("maria", "draft/what/", words_what="walk toge").status_code == 204
    room.move(Step.READ)
    page = room.text("maria")

    assert "walk toge" in page
    assert room.post("maria", "write/", part="what", words_what="walk together").status_code == 302
    assert "walk together" in room.text("jan")
    assert not WorkshopDraft.objects.exists()


def test_a_latecomer_lands_on_the_present_step_and_adds_what_finds_its_group(room: Studio) -> None:
    room.says("maria", Part.WHY, "nobody is alone")
    room.says("jan", Part.WHY, "to see the sea")
    room.move(Step.GROUP)
    with tenant(room.cast.community):
        late = room.cast.add("late")
        workshop_leading.invite(
            by=room.cast.people["steward"], workshop=room.workshop, people=[late.public_id], now=NOW
        )
    assert "Who are you, in one line?" in shown(room.text("late"))
    room.arrives("late")
    page = shown(room.text("late"))
    assert "What happened so far" in page
    assert "Add what you would have written" in page
    room.post("late", "write/", part="why", words_why="that she is not alone")

    cluster = Contribution.objects.get(words="that she is not alone").cluster
    assert cluster == Contribution.objects.get(words="nobody is alone").cluster


def test_taking_back_gives_the_words_into_the_field_again_and_only_ones_own(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    handle = Contribution.objects.get().handle

    assert room.post("jan", f"words/{handle}/back/").status_code == 404
    assert room.post("maria", f"words/{handle}/back/").status_code == 302
    assert Contribution.objects.count() == 0
    assert "no one is alone" in room.text("maria")


def test_a_feeling_may_be_an_emoji_and_can_change(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    room.move(Step.GROUP)
    room.move(Step.FEEL)
    handle = Cluster.objects.get().handle
    for warmth in ("cold", "warm"):
        room.post("jan", "feel/", **{"feel": f"{handle}:{warmth}", f"why-{handle}": "❤"})

    assert list(Feeling.objects.values_list("warmth", "why")) == [("warm", "❤")]


def test_words_typed_at_other_groups_stay_when_one_is_answered(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    room.says("maria", Part.WHY, "to see the sea")
    room.move(Step.GROUP)
    room.move(Step.FEEL)
    one, two = Cluster.objects.values_list("handle", flat=True)
    answer = room.browser("jan").post(
        room.address + "feel/",
        {"feel": f"{one}:warm", f"why-{one}": "yes", f"why-{two}": "half a wo"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert 'value="half a wo"' in answer.content.decode()
    assert Feeling.objects.count() == 1


def test_an_answer_to_a_rung_that_is_left_is_refused_and_kept(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    room.move(Step.GROUP)
    room.move(Step.LADDER)
    room.post("maria", "ladder/", number="1", words="because fear shrinks")
    room.post("steward", "ladder/choose/", handle=SharedRung.objects.get(number=1).handle)
    answer = room.post("jan", "ladder/", number="1", words="because I was slow")

    assert answer.status_code == 409
    assert "because I was slow" in answer.content.decode()
    assert Workshop.objects.get().rung == 2


def test_two_who_write_one_proposal_see_each_others_words(room: Studio) -> None:
    room.move(Step.PROPOSE)
    first = room.post("maria", "proposals/1/", version="1", who="people in their first year")
    second = room.post("jan", "proposals/1/", version="1", who="mothers of small children")
    page = second.content.decode()

    assert (first.status_code, second.status_code) == (302, 409)
    assert "people in their first year" in page
    assert "mothers of small children" in page
    assert Proposal.objects.get(place=1).who == "people in their first year"


def test_a_proposal_that_is_being_written_outlives_the_page(room: Studio) -> None:
    room.move(Step.PROPOSE)
    assert room.post("maria", "proposals/2/draft/", who='half "a', why="so that\n" * 400).status_code == 204
    page = room.text("maria", "proposals/2/")

    assert "half &#34;a" in page
    assert page.count("so that\n") >= 400
    assert "half" not in room.text("jan", "proposals/2/")
    assert room.post("maria", "proposals/2/", version="1", who="half a thought").status_code == 302
    assert not WorkshopDraft.objects.exists()


def test_what_others_felt_stays_when_the_words_are_taken_back(room: Studio) -> None:
    room.says("maria", Part.WHY, "no one is alone")
    room.move(Step.GROUP)
    room.move(Step.FEEL)
    cluster, words = Cluster.objects.get(), Contribution.objects.get()
    room.post("jan", "feel/", feel=f"{cluster.handle}:warm")
    room.post("maria", f"words/{words.handle}/back/")

    assert Feeling.objects.count() == 1
    assert cluster.handle not in room.text("jan")
    room.move(Step.LADDER)
    assert room.page("jan").status_code == 200


def test_a_side_is_answered_by_those_who_said_so_on_arrival(room: Studio) -> None:
    room.move(Step.PROPOSE)
    room.post("maria", "proposals/1/", version="1", who="people in their first year")
    room.move(Step.ANSWER)
    statuses = {
        (who, side): room.post(who, "proposals/1/answer/", says=f"{side}:warm").status_code
        for who in ("maria", "jan", "steward")
        for side in ("member", "staff")
    }

    assert [key for key, status in statuses.items() if status == 302] == [
        ("maria", "member"),
        ("jan", "member"),
        ("jan", "staff"),
        ("steward", "staff"),
    ]
