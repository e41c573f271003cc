"""What a question finds, in three languages, however it is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import Put, search

pytestmark = pytest.mark.usefixtures("community")

PROBES = [
    ("Hauser", "de", "Zwei Häuser am See"),
    ("Häuser", "de", "Zwei Häuser am See"),
    ("haus", "de", "Zwei Häuser am See"),
    ("HAEUSER", "de", "Wer Haeuser baut"),
    ("fluss", "de", "Am Fluß entlang"),
    ("Fluß", "de", "Am Fluss entlang"),
    ("gründen", "de", "Wir gründeten eine Gruppe"),
    ("grunden", "de", "Wir gründeten eine Gruppe"),
    ("zurich", "de", "Wir treffen uns in Zürich"),
    ("selbst", "de", "Die Selbsthilfegruppe im Ort"),
    ("reunion", "fr", "La réunion de demain"),
    ("réunions", "fr", "La réunion de demain"),
    ("adhérent", "fr", "L’adhérent vient à la fête"),
    ("adherents", "fr", "L’adhérent vient à la fête"),
    ("œuvre", "fr", "Une belle oeuvre"),
    ("run", "en", "She was running for a year"),
    ("running", "en", "They run every morning"),
    ("community", "en", "Many communities meet"),
    ("communities", "en", "One community meets"),
    ("lodz", "pl", "Spotkanie w Łodzi i Łódź"),
    ("άνθρωπος", "el", "Ο ΑΝΘΡΩΠΟΣ εδώ"),
    ("елка", "ru", "Ёлка стоит"),
    ("שלום", "he", "אמר שלום לכולם"),
]


@pytest.mark.parametrize(("question", "lang", "text"), PROBES)
@pytest.mark.parametrize("order", ["best", "newest"])
def test_a_word_is_found_in_all_its_forms(put: Put, question: str, lang: str, text: str, order: str) -> None:
    put("Nothing of the kind; nichts davon; rien", lang=lang)
    expected = put(text, lang=lang)
    assert search(question, order=order) == [expected]


def test_every_word_must_occur(put: Put) -> None:
    put("tired in the morning")
    both = put("tired after the bath")
    assert search("tired bath") == [both]


def test_words_of_the_title_count(put: Put) -> None:
    expected = put("See below", title="Heat and fatigue")
    assert search("fatigue below") == [expected]


def test_a_phrase_must_stand_as_it_is(put: Put) -> None:
    put("the warm bath was not so good, the good bath warm")
    expected = put("a good warm bath")
    assert search('"good warm bath"') == [expected]
    assert search('"warm bath') != []


def test_a_phrase_does_not_run_from_the_title_into_the_text(put: Put) -> None:
    put("bath tomorrow", title="A warm")
    assert search('"warm bath"') == []
    assert search("warm bath") == [1]


def test_a_phrase_is_met_with_either_spelling_of_sharp_s(put: Put) -> None:
    expected = put("Ein Haus am Fluß")
    assert search('"am fluss"') == [expected]
    assert search('"am Fluß"') == [expected]


def test_a_word_with_minus_must_not_occur(put: Put) -> None:
    expected = put("swimming in the lake", lang="en")
    put("swimming in the pool", lang="en")
    assert search("swimming -pool") == [expected]
    assert search('swimming -"the pool"') == [expected]


def test_single_letters_count_only_alone(put: Put) -> None:
    expected = put("vitamin d")
    assert search("vitamin x") == [expected]
    assert search("d") == [expected]
    assert search("x") == []


def test_a_text_in_an_unknown_language_is_found_by_its_words(put: Put) -> None:
    expected = put("Fundraising dinner", lang="")
    assert search("dinn") == [expected]


def test_a_long_word_and_a_long_text_are_found(put: Put) -> None:
    expected = put("x" * 300 + " " + "wort " * 30_000 + "ende")
    assert search("x" * 300) == [expected]
    assert search("wort") == [expected]


@pytest.mark.parametrize(
    "question",
    ["", "   ", "😀🎉", '"', '""', "-", "-only", '-"only this"', "* OR (", "'); DROP TABLE x; --", "\x00", "\ud800", "title:",
     "NEAR(a b)", "a:* & !b | <->", "\\", "{title}: ^", "--", "\ue000", "\ue0001", "﷽", "ŉ", "'"],
)  # fmt: skip
@pytest.mark.parametrize("order", ["best", "newest"])
def test_odd_questions_get_an_empty_page(put: Put, question: str, order: str) -> None:
    put("something quite different")
    assert search(question, order=order) == []


def test_a_very_long_question_counts_as_far_as_one_can_read(put: Put) -> None:
    expected = put("tired of it")
    assert search("tired " * 1000) == [expected]
    assert search("tired " + "q" * 5000) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet="ab\"'-*:()|&!\\<>^{}+,.\x00 \ue000", max_size=25))
def test_no_question_is_an_error(put: Put, question: str) -> None:
    assert search(question) == search(question)
    search(question, order="newest")
