"""The interview: what is kept, who may write in it, and that no page overwrites another's words unseen."""

import pytest
from django.db.models import Model

from hearth.core.errors import Conflict, Invalid, NotAllowed, NotFound
from hearth.happenings.models import Happening
from hearth.members.models import Member
from hearth.purpose.actions import (
    adopt_interview,
    begin,
    call_it_why,
    lend,
    set_aside,
    take_back,
    take_rung_away,
    take_up,
    write,
    write_rung,
)
from hearth.purpose.enums import Ending, Way
from hearth.purpose.models import Interview, Rung, Statement, TookPart
from hearth.purpose.parts import Parts
from hearth.purpose.queries import interview_of
from hearth.purpose.queries.interviews import interview_by_id, lent_to, rungs_of
from hearth.purpose.queries.wordings import fingerprint
from tests.people import NOW, Cast

WHOLE = Parts("people with MS who live far out", ("phone", "write", "walk"), "nobody is alone")


def begun(cast: Cast, parts: Parts | None = None) -> Interview:
    return begin(by=cast.people["steward"], language="en", parts=parts, now=NOW)


def now_in(row: Model) -> Interview:
    return Interview.objects.get(pk=row.pk)


def test_an_interview_that_goes_on_is_gone_on_with(cast: Cast) -> None:
    first = begun(cast)
    again = begin(by=cast.people["steward"], language="de", now=NOW)

    assert (again.pk, again.language) == (first.pk, "en")
    assert interview_of(cast.people["steward"]) == first
    assert interview_of(cast.people["maria"]) is None


@pytest.mark.parametrize("who", ["maria", "mod", "gone"])
def test_who_cannot_adopt_leads_no_interview(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        begin(by=cast.people[who], language="en", now=NOW)
    assert Interview.objects.count() == 0


def test_all_that_is_typed_is_kept_also_what_is_far_too_long(cast: Cast) -> None:
    interview = begun(cast)
    write(by=cast.people["steward"], interview=interview, part="what_3", words="x" * 5000, now=NOW)

    assert now_in(interview).what_3 == "x" * 5000
    with pytest.raises(Invalid):
        write(by=cast.people["steward"], interview=interview, part="what_3", words="y" * 20_001, now=NOW)
    assert now_in(interview).what_3 == "x" * 5000


def test_there_is_no_part_but_those_of_the_sentence(cast: Cast) -> None:
    interview = begun(cast)
    with pytest.raises(NotFound):
        write(by=cast.people["steward"], interview=interview, part="ending", words="adopted", now=NOW)


def test_a_second_page_does_not_overwrite_words_that_it_has_not_seen(cast: Cast) -> None:
    interview, steward = begun(cast), cast.people["steward"]
    empty = fingerprint("")
    said = {"by": steward, "interview": interview, "part": "who", "now": NOW}
    write(words="from the first", page="first", seen=empty, **said)
    with pytest.raises(Conflict):
        write(words="from the second", page="second", seen=empty, **said)
    assert now_in(interview).who == "from the first"

    write(words="from the first, longer", page="first", seen=empty, **said)
    seen = fingerprint("from the first, longer")
    write(words="from the second, knowingly", page="second", seen=seen, **said)
    assert now_in(interview).who == "from the second, knowingly"


def test_nobody_else_writes_in_it_until_it_is_lent_and_not_after_it_was_taken_back(cast: Cast) -> None:
    interview, steward, jan = begun(cast), cast.people["steward"], cast.people["jan"]
    said = {"interview": interview, "part": "who", "now": NOW}
    with pytest.raises(NotAllowed):
        write(by=jan, words="mine", **said)
    with pytest.raises(NotFound):
        interview_by_id(jan, interview.public_id)

    lent = lend(by=steward, interview=interview, to=jan, now=NOW)
    assert [one.pk for one in lent_to(jan)] == [interview.pk]
    write(by=jan, words="written by jan", **{**said, "interview": lent})
    assert (now_in(interview).who, now_in(interview).typed_by) == ("written by jan", jan)

    take_back(by=steward, interview=lent, now=NOW)
    with pytest.raises(NotAllowed):
        write(by=jan, words="once more", **said)
    assert now_in(interview).who == "written by jan"
    kinds = Happening.objects.filter(subject_kind="interview").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["interview_lent", "interview_taken_back"]


def test_who_lost_the_right_in_the_middle_of_writing_is_stopped_by_what_holds_now(cast: Cast) -> None:
    interview, jan = begun(cast), cast.people["jan"]
    as_jan_saw_it = lend(by=cast.people["steward"], interview=interview, to=jan, now=NOW)
    take_back(by=cast.people["steward"], interview=interview, now=NOW)

    with pytest.raises(NotAllowed):
        write(by=jan, interview=as_jan_saw_it, part="who", words="late", now=NOW)


@pytest.mark.parametrize("who", ["jan", "mod"])
def test_only_who_leads_it_lends_it(cast: Cast, who: str) -> None:
    interview = lend(by=cast.people["steward"], interview=begun(cast), to=cast.people["jan"], now=NOW)
    with pytest.raises(NotAllowed):
        lend(by=cast.people[who], interview=interview, to=cast.people["maria"], now=NOW)


@pytest.mark.parametrize("to", ["steward", "gone"])
def test_it_is_lent_to_another_active_member_only(cast: Cast, to: str) -> None:
    somebody = Member.objects.get(pk=cast.people[to].pk)
    with pytest.raises(Invalid):
        lend(by=cast.people["steward"], interview=begun(cast), to=somebody, now=NOW)


def climbed(cast: Cast, *words: str) -> Interview:
    interview = begun(cast)
    for position, said in enumerate(words, 1):
        write_rung(by=cast.people["steward"], interview=interview, position=position, words=said, now=NOW)
    return interview


def test_the_ladder_keeps_each_rung_and_any_of_them_can_be_the_why(cast: Cast) -> None:
    interview = climbed(cast, "they are informed", "they decide themselves", "they live in freedom")
    call_it_why(by=cast.people["steward"], interview=interview, position=3, now=NOW)
    write_rung(by=cast.people["steward"], interview=interview, position=3, words="they are free", now=NOW)

    assert [rung.words for rung in rungs_of(interview)] == [
        "they are informed",
        "they decide themselves",
        "they are free",
    ]
    assert now_in(interview).why == "they are free"


def test_a_rung_that_is_taken_away_leaves_no_gap(cast: Cast) -> None:
    interview = climbed(cast, "one", "two", "three", "four")
    take_rung_away(by=cast.people["steward"], interview=interview, position=2, now=NOW)

    assert [(rung.position, rung.words) for rung in rungs_of(interview)] == [
        (1, "one"),
        (2, "three"),
        (3, "four"),
    ]


def test_no_rung_is_left_out_and_a_ladder_ends_somewhere(cast: Cast) -> None:
    interview = climbed(cast, "one")
    with pytest.raises(NotFound):
        write_rung(by=cast.people["steward"], interview=interview, position=3, words="three", now=NOW)
    with pytest.raises(Invalid):
        write_rung(by=cast.people["steward"], interview=interview, position=13, words="too far", now=NOW)
    with pytest.raises(NotFound):
        call_it_why(by=cast.people["steward"], interview=interview, position=2, now=NOW)
    assert Rung.objects.count() == 1


def test_what_was_found_is_adopted_without_the_words_of_the_frame_and_the_interview_ends(cast: Cast) -> None:
    parts = Parts(
        "We bring together people far out", ("to phone", "to write", "walk"), "So that nobody is alone"
    )
    interview = begun(cast, parts)
    lent = lend(by=cast.people["steward"], interview=interview, to=cast.people["jan"], now=NOW)
    write(by=cast.people["jan"], interview=lent, part="what_3", words="walk", now=NOW)
    statement = adopt_interview(
        by=cast.people["steward"], interview=interview, named=True, replaces=0, now=NOW
    )

    said = "We bring together people far out to phone, write and walk, so that nobody is alone."
    assert (statement.sentence, statement.way) == (said, Way.INTERVIEW)
    assert now_in(interview).ending == Ending.ADOPTED
    # Who helped decides alone whether to be named.
    assert list(TookPart.objects.order_by("pk").values_list("member__name", "named")) == [
        ("Steward", True),
        ("Jan", False),
    ]


def test_an_adoption_that_is_refused_leaves_the_interview_as_it_was(cast: Cast) -> None:
    interview = begun(cast, Parts(WHOLE.who, WHOLE.whats, ""))
    with pytest.raises(Invalid):
        adopt_interview(by=cast.people["steward"], interview=interview, named=False, replaces=0, now=NOW)

    assert now_in(interview).ending == Ending.OPEN
    assert Statement.objects.count() == 0


def test_who_helps_does_not_adopt(cast: Cast) -> None:
    interview = lend(by=cast.people["steward"], interview=begun(cast, WHOLE), to=cast.people["jan"], now=NOW)
    with pytest.raises(NotAllowed):
        adopt_interview(by=cast.people["jan"], interview=interview, named=False, replaces=0, now=NOW)


def test_what_was_set_aside_can_be_taken_up_again_but_two_never_go_on(cast: Cast) -> None:
    steward, first = cast.people["steward"], begun(cast, WHOLE)
    set_aside(by=steward, interview=first, now=NOW)
    with pytest.raises(Conflict):
        write(by=steward, interview=first, part="who", words="late", now=NOW)
    second = begun(cast)
    with pytest.raises(Conflict):
        take_up(by=steward, interview=first, now=NOW)
    set_aside(by=steward, interview=second, now=NOW)
    take_up(by=steward, interview=first, now=NOW)

    assert interview_of(steward) == first
    assert now_in(first).parts == WHOLE
