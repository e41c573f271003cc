"""Several people, or pages, at the same moment."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from hearth.communities.models import Community
from hearth.core.errors import Conflict
from hearth.core.tenancy import tenant
from hearth.members.enums import Role
from hearth.purpose.actions import adopt, adopt_interview, begin, check_text, translate, write
from hearth.purpose.enums import Ending, Way
from hearth.purpose.models import Goal, Interview, Statement
from hearth.purpose.parts import Parts
from hearth.purpose.queries.wordings import fingerprint, sign
from tests.crowd import alone, failures, open_to_threads, together
from tests.people import NOW, Cast, build

pytestmark = pytest.mark.django_db(transaction=True)

WHATS = ("phone", "write", "walk")


def inside[T](cast: Cast, act: Callable[[], T]) -> Callable[[], T]:
    def run() -> T:
        with tenant(cast.community):
            return act()

    return run


def test_of_two_stewards_who_adopt_at_once_one_wins_and_the_other_loses_no_word(tmp_path: Path) -> None:
    cast = build("north")
    cast.add("ana", Role.STEWARD)
    stewards = [cast.people["steward"], cast.people["ana"]]
    with tenant(cast.community):
        interviews = [
            begin(by=one, language="en", parts=Parts(f"people of {one.name}", WHATS, "joy"), now=NOW)
            for one in stewards
        ]
    with open_to_threads(tmp_path):
        outcomes = together(
            *[
                inside(cast, partial(adopt_interview, by=one, interview=own, named=True, replaces=0, now=NOW))
                for one, own in zip(stewards, interviews, strict=True)
            ]
        )
        numbers = alone(inside(cast, lambda: list(Statement.objects.values_list("number", flat=True))))
        goals = alone(inside(cast, lambda: Goal.objects.filter(ended_at=None).count()))
        kept = alone(
            inside(cast, lambda: list(Interview.objects.order_by("pk").values_list("ending", "who")))
        )

    [conflict] = failures(outcomes)
    assert isinstance(conflict, Conflict)
    assert "adopted a purpose meanwhile" in conflict.reason
    assert (numbers, goals) == ([1], 3)
    assert sorted(ending for ending, _who in kept) == [Ending.ADOPTED, Ending.OPEN]
    assert [who for _ending, who in kept] == ["people of Steward", "people of Ana"]


def test_two_translations_checked_at_once_are_both_shown(tmp_path: Path) -> None:
    cast = build("north")
    cast.add("ana", Role.STEWARD)
    said = Parts("people", WHATS, "joy")
    with tenant(cast.community):
        held = adopt(
            by=cast.people["steward"],
            community=cast.community,
            language="en",
            parts=said,
            way=Way.WRITTEN,
            replaces=0,
            now=NOW,
        )
        texts = [
            translate(by=cast.people["maria"], statement=held, language=code, parts=said, now=NOW)
            for code in ("de", "fr")
        ]
    with open_to_threads(tmp_path):
        acts = [
            inside(cast, partial(check_text, by=who, text=text, seen=sign(text), now=NOW))
            for who, text in zip((cast.people["steward"], cast.people["ana"]), texts, strict=True)
        ]
        outcomes = together(*acts)
        shown = alone(lambda: Community.objects.get(pk=cast.community.pk).purpose_sentences)

    assert failures(outcomes) == []
    assert [language for language, _sentence in shown] == ["en", "de", "fr"]


def test_of_two_pages_that_write_one_answer_at_once_one_is_kept_and_one_is_told(tmp_path: Path) -> None:
    cast = build("north")
    steward = cast.people["steward"]
    with tenant(cast.community):
        interview = begin(by=steward, language="en", now=NOW)
    with open_to_threads(tmp_path):
        one = partial(write, by=steward, interview=interview, part="who", seen=fingerprint(""), now=NOW)
        acts = [inside(cast, partial(one, words=f"words {page}", page=page)) for page in ("a", "b", "c")]
        outcomes = together(*acts)
        kept = alone(inside(cast, lambda: Interview.objects.get(pk=interview.pk).who))

    assert [type(error) for error in failures(outcomes)] == [Conflict, Conflict]
    assert kept in {"words a", "words b", "words c"}


def test_an_interview_begun_twice_at_once_is_one(tmp_path: Path) -> None:
    cast = build("north")
    with open_to_threads(tmp_path):
        one = inside(cast, partial(begin, by=cast.people["steward"], language="en", now=NOW))
        outcomes = together(*[one] * 4)
        count = alone(inside(cast, lambda: Interview.objects.count()))

    assert failures(outcomes) == []
    assert count == 1
