"""Translations: one person proposes, another checks, and only then readers see them."""

import pytest
from django.utils import translation

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid, NotAllowed
from hearth.members.models import Member
from hearth.purpose.actions import adopt, check_text, translate
from hearth.purpose.enums import Check, Way
from hearth.purpose.models import Statement, StatementText
from hearth.purpose.parts import Parts
from hearth.purpose.queries.goals import goals_for_reader
from hearth.purpose.queries.wordings import sign
from tests.people import NOW, Cast

ENGLISH = Parts("people far out", ("phone", "write", "walk"), "nobody is alone")
GERMAN = Parts("Menschen vom Land", ("telefonieren", "schreiben", "gehen"), "niemand allein ist")


@pytest.fixture
def held(cast: Cast) -> Statement:
    return adopt(
        by=cast.people["steward"],
        community=cast.community,
        language="en",
        parts=ENGLISH,
        way=Way.WRITTEN,
        replaces=0,
        now=NOW,
    )


def german(cast: Cast, held: Statement, by: str = "jan", **more: object) -> StatementText:
    asked = {"language": "de", "parts": GERMAN, "now": NOW, **more}
    return translate(by=cast.people[by], statement=held, **asked)  # type: ignore[arg-type]


def speaker(cast: Cast, who: str, *languages: str) -> Member:
    cast.people[who].languages = list(languages)
    cast.people[who].save()
    return cast.people[who]


def shown(cast: Cast, language: str) -> tuple[str, str]:
    community = Community.objects.get(pk=cast.community.pk)
    with translation.override(language):
        return community.purpose_language, community.purpose_sentence


def test_a_draft_is_shown_to_nobody_as_the_purpose(cast: Cast, held: Statement) -> None:
    text = german(cast, held)

    assert (text.status, text.written_by) == (Check.DRAFT, cast.people["jan"])
    assert shown(cast, "de") == ("en", held.sentence)


def test_what_another_speaker_checked_is_shown_to_those_who_read_in_that_language(
    cast: Cast, held: Statement
) -> None:
    text = german(cast, held)
    check_text(by=speaker(cast, "maria", "en", "de"), text=text, seen=sign(text), now=NOW)

    said = "Wir bringen Menschen vom Land zusammen, um telefonieren, schreiben und gehen, damit niemand allein ist."
    assert shown(cast, "de") == ("de", said)
    assert shown(cast, "fr") == ("en", held.sentence)
    cast.community.refresh_from_db()
    with translation.override("de"):
        goals = [(goal.words, goal.language) for goal in goals_for_reader(cast.community)]
    assert goals == [("Telefonieren", "de"), ("Schreiben", "de"), ("Gehen", "de")]


def test_nobody_checks_what_they_wrote_and_nobody_a_language_that_they_do_not_speak(
    cast: Cast, held: Statement
) -> None:
    text = german(cast, held, by="steward")
    with pytest.raises(NotAllowed, match="Another person"):
        check_text(by=cast.people["steward"], text=text, seen=sign(text), now=NOW)
    with pytest.raises(NotAllowed, match="speaks this language"):
        check_text(by=cast.people["maria"], text=text, seen=sign(text), now=NOW)
    assert StatementText.objects.get().status == Check.DRAFT


def test_words_that_were_changed_while_somebody_read_them_are_not_checked(
    cast: Cast, held: Statement
) -> None:
    seen = sign(german(cast, held))
    text = german(cast, held, by="maria", sentence="Anders gesagt.", seen=seen)
    with pytest.raises(Conflict):
        check_text(by=cast.people["steward"], text=text, seen=seen, now=NOW)
    assert StatementText.objects.get().status == Check.DRAFT


def test_two_who_translate_into_one_language_do_not_overwrite_each_other_unseen(
    cast: Cast, held: Statement
) -> None:
    german(cast, held)
    with pytest.raises(Conflict):
        german(cast, held, by="maria", sentence="Zur gleichen Zeit.")
    assert StatementText.objects.get().written_by == cast.people["jan"]


def test_what_was_checked_is_rewritten_by_stewards_only_and_waits_for_a_check_again(
    cast: Cast, held: Statement
) -> None:
    text = german(cast, held)
    seen = sign(text)
    check_text(by=speaker(cast, "maria", "de"), text=text, seen=seen, now=NOW)
    with pytest.raises(NotAllowed):
        german(cast, held, by="jan", sentence="Neu.", seen=seen)
    assert shown(cast, "de")[0] == "de"

    german(cast, held, by="steward", sentence="Neu.", seen=seen)
    assert shown(cast, "de") == ("en", held.sentence)


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_there_is_no_translation_into_its_own_or_an_unknown_language(
    cast: Cast, held: Statement, language: str
) -> None:
    with pytest.raises(Invalid):
        german(cast, held, language=language)


def test_a_version_that_holds_no_more_is_not_translated(cast: Cast, held: Statement) -> None:
    adopt(
        by=cast.people["steward"],
        community=cast.community,
        language="en",
        parts=GERMAN,
        way=Way.WRITTEN,
        replaces=1,
        now=NOW,
    )
    with pytest.raises(Conflict):
        german(cast, held)
