"""What the coach says of our own examples (`examples.tsv`), of bad input, and that it names places that are there."""

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.purpose import coach
from hearth.purpose.coach.lexicon import lexicon
from hearth.purpose.coach.reading import MOST_WORDS, read
from hearth.purpose.coach.values import NAMES

EXAMPLES = list(
    csv.DictReader(Path(__file__).with_name("examples.tsv").open(encoding="utf-8"), delimiter="\t")
)
FEWEST_EXAMPLES = 2
LOOKS: dict[str, Callable[[str, str], list[coach.Remark]]] = {
    "who": coach.look_at_who,
    "what": coach.look_at_what,
    "why": coach.look_at_why,
}
RULES = {
    "who": ["who_everyone"],
    "what": ["what_for_members", "what_long", "what_vague"],
    "whats": ["what_same"],
    "why": ["why_cold", "why_organisation", "why_no_value"],
}
# One sentence that says: nobody faces this alone.
NOT_ALONE = {
    "en": "no one faces this alone",
    "de": "niemand bleibt allein",
    "fr": "personne n'affronte cela seul",
    "es": "nadie esté solo",
    "it": "nessuno resti solo",
    "pl": "nikt nie zostawał sam",
}
# One WHAT that the organisation does, and the same among members.
FOR_AND_AMONG = {
    "en": ("advise members", "advise each other"),
    "de": ("Mitglieder zu beraten", "einander zu beraten"),
    "fr": ("conseiller les adhérents", "se conseiller les uns les autres"),
    "es": ("asesorar a los socios", "asesorarnos unos a otros"),
    "it": ("consigliare i soci", "consigliarci a vicenda"),
    "pl": ("doradzać członkom", "doradzać sobie nawzajem"),
}
NO_WORDS = ["", "   ", "x", "é", "🙂🙂🙂", "...?!", "42", "a b c", "asdf jklö", "sdkfjh wrtpsd", "aaaaaaaa", "qwertz",
            "<b></b>", "\u200b\u200b", "https://example.org"]  # fmt: skip


def said(part: str, words: str, language: str) -> set[str]:
    if part == "whats":
        return {remark.rule for remark in coach.look_at_whats(words.split(" / "), language)}
    return {remark.rule for remark in LOOKS[part](words, language)}


@pytest.mark.parametrize("language", coach.LANGUAGES)
@pytest.mark.parametrize("part", RULES)
class TestTheExamples:
    def test_get_the_remarks_that_they_deserve(self, part: str, language: str) -> None:
        ours = [row for row in EXAMPLES if (row["part"], row["language"]) == (part, language)]

        wrong = [row for row in ours if said(part, row["words"], language) != set(row["rules"].split())]

        assert wrong == []

    def test_let_each_rule_speak_and_be_silent(self, part: str, language: str) -> None:
        expected = [
            row["rules"].split() for row in EXAMPLES if (row["part"], row["language"]) == (part, language)
        ]

        for rule in RULES[part]:
            assert sum(rule in rules for rules in expected) >= FEWEST_EXAMPLES
            assert sum(rule not in rules for rules in expected) >= FEWEST_EXAMPLES


@pytest.mark.parametrize("language", coach.LANGUAGES)
class TestInEachLanguage:
    def test_a_bad_thing_denied_is_a_value(self, language: str) -> None:
        assert said("why", NOT_ALONE[language], language) == set()
        assert "belonging" in {value.name for value in coach.values_in(NOT_ALONE[language], language)}

    def test_what_members_do_to_each_other_is_not_for_members(self, language: str) -> None:
        alone, among = FOR_AND_AMONG[language]

        assert "what_for_members" in said("what", alone, language)
        assert "what_for_members" not in said("what", among, language)

    def test_the_lexicon_has_the_same_lists_as_the_english_one(self, language: str) -> None:
        assert lexicon(language).lists == lexicon("en").lists

    def test_every_value_has_words(self, language: str) -> None:
        named = {name.split(".")[1] for name in lexicon(language).lists if name.startswith("values.")}

        assert named == set(NAMES)

    def test_a_sentence_of_another_language_is_told(self, language: str) -> None:
        sentences = {
            "en": "we write to our doctors together every month",
            "de": "wir schreiben jeden Monat gemeinsam an unsere Ärzte",
            "fr": "nous écrivons ensemble à nos médecins tous les mois",
            "es": "escribimos juntos a nuestros médicos todos los meses",
            "it": "scriviamo insieme ai nostri medici tutti i mesi",
            "pl": "piszemy razem do naszych lekarzy w każdym miesiącu",
        }

        told = {of for of, words in sentences.items() if "other_language" in said("what", words, language)}

        assert told == set(coach.LANGUAGES) - {language}

    def test_another_script_is_another_language(self, language: str) -> None:
        for words in ("все люди вместе", "اختبار النص هنا", "患者一起", "όλοι μαζί"):
            assert said("who", words, language) == {"other_language"}

    @pytest.mark.parametrize("words", NO_WORDS)
    def test_what_is_no_words_is_said_alone(self, words: str, language: str) -> None:
        for part in LOOKS:
            assert said(part, words, language) == {"not_words"}


def test_words_with_few_vowels_are_words() -> None:
    for words, language in [
        ("szczęście", "pl"),
        ("Pflichtschulstrumpf", "de"),
        ("MS", "en"),
        ("rhythms", "en"),
    ]:
        assert "not_words" not in said("who", words, language)


def test_gendered_forms_are_read_as_one_word() -> None:
    for words, language, read_as in [
        ("Patient*innen", "de", "patientinnen"),
        ("Patient:innen", "de", "patientinnen"),
        ("patient·e·s", "fr", "patients"),
        ("socios/as", "es", "socios"),
        ("amig@s", "es", "amigos"),
    ]:
        assert [word.folded for word in read(words, language).words] == [read_as]
        assert said("who", words, language) == {"who_everyone"}


def test_a_language_without_lists_is_not_judged() -> None:
    assert said("who", "alle patiënten", "nl") == set()
    assert said("why", "meer leden", "nl") == set()
    assert coach.look_at_whats(["samen koken", "samen koken"], "nl") == []
    assert coach.values_in("waardigheid", "nl") == []
    assert said("who", "🙂", "nl") == {"not_words"}


def test_a_language_with_a_country_is_judged() -> None:
    assert said("who", "todas las personas con epilepsia", "es-MX") == {"who_everyone"}


def test_markup_is_not_read_and_places_stay() -> None:
    [remark] = coach.look_at_who("<b class='all'>all patients</b>", "en")

    assert (remark.rule, remark.words) == ("who_everyone", ("all patients",))


def test_empty_whats_are_not_the_same() -> None:
    assert coach.look_at_whats(["", "", "sing in the ward"], "en") == []


def test_every_remark_names_words_at_their_places() -> None:
    dice = random.Random(5)
    pieces = [word for row in EXAMPLES for word in row["words"].split()]
    odd = [
        "<b>",
        "</i>",
        "&amp;",
        "🙂",
        ",",
        "—",
        "…",
        "\n",
        "\t",
        "Patient*innen",
        "a·b·c",
        "İ",
        "ﬁ",
        "ß",
        "\u0301",
        "'",
        ";",
    ]
    seen = set()
    for _round in range(600):
        language = dice.choice(coach.LANGUAGES)
        texts = [" ".join(dice.choices(pieces + odd * 20, k=dice.randint(0, 14))) for _number in range(3)]
        joined = "\n".join(texts)
        found = [(texts[0], remark) for look in LOOKS.values() for remark in look(texts[0], language)]
        found += [(joined, remark) for remark in coach.look_at_whats(texts, language)]
        for text, remark in found:
            seen.add(remark.rule)
            assert remark.words == tuple(text[start:end] for start, end in remark.spans)
            assert all(0 <= start < end <= len(text) for start, end in remark.spans)
        for value in coach.values_in(texts[0], language):
            assert value.words == tuple(texts[0][start:end] for start, end in value.spans)

    assert seen >= set(coach.RULES) - {"not_words", "why_organisation"}


@given(text=st.text(max_size=300), language=st.sampled_from(coach.LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_is_taken(text: str, language: str) -> None:
    for look in LOOKS.values():
        for remark in look(text, language):
            assert remark.words == tuple(text[start:end] for start, end in remark.spans)
            assert coach.reason(remark)


def steps(text: str) -> int:
    """The calls that looking at a text takes, of Python and of C."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for look in LOOKS.values():
            look(text, "en")
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "piece", ["all patients and everyone, alone ", "a·", "<", "&a", "and, ", ". ", "no one ", "(e)s/as "]
)
def test_a_longer_text_takes_no_more_than_its_share_of_steps(piece: str) -> None:
    steps(piece * 50)  # fills what is remembered about words

    short, long = steps((piece * 5000)[:1250]), steps((piece * 5000)[:5000])

    assert long <= 5 * short


@pytest.mark.parametrize(
    "piece", [".", "<", " ", "a", "aa.", "a·", "http://", "&", "-/", "*", "\n;", "é\u0301"]
)
def test_a_hundred_thousand_characters_do_not_hold_it_up(piece: str) -> None:
    # Time that grew with the square would take minutes here.
    for look in LOOKS.values():
        look("we sing together " + piece * (100_000 // len(piece)), "en")

    assert len(read("word " * 5000, "en").words) == MOST_WORDS


class TestReasons:
    def test_name_the_words_and_what_to_try_next(self) -> None:
        [remark] = coach.look_at_who("all patients", "en")

        with translation.override("en"):
            assert (
                coach.reason(remark)
                == "“all patients”: that could be almost anybody. Who of them most of all?"
            )
            assert coach.suggestion(remark) == "Who of them most of all?"

    @pytest.mark.parametrize("rule", coach.RULES)
    def test_have_at_most_fifteen_words_a_sentence(self, rule: str) -> None:
        long = ("one two three four five", "six seven eight nine ten", "eleven")
        with translation.override("en"):
            for remark in (coach.Remark(rule), coach.Remark(rule, long, ((0, 1),) * 3)):
                for sentence in coach.reason(remark).replace("?", ".").rstrip(".").split(". "):
                    assert 2 <= len(sentence.split()) <= 15

    def test_give_each_value_a_title(self) -> None:
        with translation.override("en"):
            assert coach.title("belonging") == "Belonging: not being alone"
