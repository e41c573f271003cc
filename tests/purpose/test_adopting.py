"""Adopting: what is kept, what is refused, what every page shows afterwards."""

import pytest

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid, NotAllowed
from hearth.happenings.models import Happening
from hearth.purpose.actions import adopt
from hearth.purpose.enums import Way
from hearth.purpose.models import Goal, GoalWording, Statement, TookPart
from hearth.purpose.parts import Parts
from hearth.purpose.queries import goals, statement_that_holds
from tests.people import NOW, Cast

FIRST = Parts(
    "people who live far out with MS",
    ("keep each other company", "share what works", "get out the gate"),
    "nobody is alone",
)


def adopted(cast: Cast, parts: Parts = FIRST, **more: object) -> Statement:
    asked = {"language": "en", "way": Way.WRITTEN, "replaces": 0, "now": NOW, **more}
    return adopt(by=cast.people["steward"], community=cast.community, parts=parts, **asked)  # type: ignore[arg-type]


def held(cast: Cast) -> dict[int, tuple[int, str]]:
    return {goal.place: (goal.pk, goal.words) for goal in goals(cast.community)}


def with_whats(*whats: str) -> Parts:
    first, second, third = whats
    return Parts(FIRST.who, (first, second, third), FIRST.why)


def test_the_statement_its_goals_and_the_sentence_of_every_page_are_kept(cast: Cast) -> None:
    took_part = [(cast.people["maria"], True), (cast.people["jan"], False)]
    statement = adopted(cast, took_part=took_part)

    said = (
        "We bring together people who live far out with MS to keep each other company, share what works and "
        "get out the gate, so that nobody is alone."
    )
    assert (statement.number, statement.sentence, statement.parts) == (1, said, FIRST)
    assert statement_that_holds(cast.community) == statement
    assert [words for _pk, words in held(cast).values()] == list(FIRST.whats)
    assert list(TookPart.objects.order_by("pk").values_list("member__name", "named")) == [
        ("Maria", True),
        ("Jan", False),
    ]
    community = Community.objects.get(pk=cast.community.pk)
    assert (community.purpose_sentences, community.purpose_sentence) == ([["en", said]], said)
    happening = Happening.objects.get(kind="purpose_adopted")
    assert (happening.actor_id, happening.subject_id) == (cast.people["steward"].pk, statement.pk)


def test_a_sentence_smoothed_by_hand_takes_the_place_of_the_grown_one(cast: Cast) -> None:
    statement = adopted(cast, sentence="  We bring   people together, gently. ")

    assert statement.sentence == "We bring people together, gently."


@pytest.mark.parametrize("who", ["maria", "mod", "gone"])
def test_only_stewards_adopt(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        adopt(
            by=cast.people[who],
            community=cast.community,
            language="en",
            parts=FIRST,
            way=Way.WRITTEN,
            replaces=0,
            now=NOW,
        )
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (Parts("", FIRST.whats, FIRST.why), "empty"),
        (Parts(FIRST.who, ("one", "\u200b ", "three"), FIRST.why), "empty"),
        (Parts("w" * 301, FIRST.whats, FIRST.why), "1 characters too long"),
        (Parts(FIRST.who, ("x" * 5000, "two", "three"), FIRST.why), "4800 characters too long"),
    ],
)
def test_a_part_that_is_missing_or_too_long_is_refused_in_words(cast: Cast, parts: Parts, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        adopted(cast, parts)
    assert (Statement.objects.count(), Goal.objects.count()) == (0, 0)


def test_who_adopts_over_a_purpose_that_they_have_not_seen_is_told_who_was_first(cast: Cast) -> None:
    first = adopted(cast)
    with pytest.raises(Conflict, match="Steward adopted a purpose meanwhile") as told:
        adopted(cast, with_whats("a", "b", "c"))

    assert first.sentence in told.value.reason
    assert [row.number for row in Statement.objects.all()] == [1]


def test_words_that_stay_keep_their_goal_wherever_they_stand(cast: Cast) -> None:
    adopted(cast)
    before = held(cast)
    adopted(cast, with_whats("Get out the gate", "keep each other company", "sing", *()), replaces=1)
    after = held(cast)

    assert after[1] == (before[3][0], "Get out the gate")
    assert after[2][0] == before[1][0]
    assert after[3][0] not in {pk for pk, _words in before.values()}
    ended = Goal.objects.get(pk=before[2][0])
    assert (ended.words, ended.ended_at) == ("share what works", NOW)


def test_a_goal_in_new_words_goes_on_where_the_steward_says_so(cast: Cast) -> None:
    adopted(cast)
    before = held(cast)
    adopted(
        cast, with_whats("phone each other", "share what works", "walk together"), replaces=1, same_goals=[1]
    )
    after = held(cast)

    assert after[1] == (before[1][0], "phone each other")
    assert after[2] == before[2]
    assert after[3][0] != before[3][0]
    history = GoalWording.objects.filter(goal_id=before[1][0]).order_by("pk").values_list("words", flat=True)
    assert list(history) == ["keep each other company", "phone each other"]


def test_a_new_version_is_shown_alone_until_it_is_translated(cast: Cast) -> None:
    adopted(cast)
    Community.objects.update(purpose_sentences=[["en", "old"], ["de", "alt"]])
    statement = adopted(cast, with_whats("a", "b", "c"), replaces=1)

    assert Community.objects.get(pk=cast.community.pk).purpose_sentences == [["en", statement.sentence]]
