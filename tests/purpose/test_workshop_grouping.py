"""What is put together by itself: written examples in three languages, and what it costs."""

import random
import time

import pytest

from hearth.purpose.grouping import central, closest, suggest

EXAMPLES = {
    "en": (
        ["swap tricks for tired days", "share tricks that help on tired days"],
        ["phone each other before the first infusion", "call each other before a first infusion"],
        ["a diagnosis is never the end of a dream", "our dreams go on after the diagnosis"],
        ["to walk by the sea"],
        ["write to our ministers together"],
    ),
    "de": (
        ["Tipps für müde Tage tauschen", "Tricks für die müden Tage austauschen"],
        ["damit niemand allein ist", "damit keiner alleine bleibt", "Niemand soll allein sein"],
        ["damit Würde bleibt", "ein Leben in Würde"],
        ["einander vor der ersten Infusion anrufen"],
    ),
    "fr": (
        ["échanger des astuces pour les jours fatigués", "partager nos astuces les jours de fatigue"],
        ["s'appeler avant la première perfusion", "appeler quelqu'un avant sa première perfusion"],
        ["pour que personne ne soit seul", "ne plus jamais être seule"],
        ["écrire ensemble à nos ministres"],
    ),
}


def grouped(texts: list[str], language: str) -> set[frozenset[str]]:
    return {frozenset(texts[place] for place in one.places) for one in suggest(texts, language)}


@pytest.mark.parametrize("language", EXAMPLES)
def test_what_says_nearly_the_same_lies_together(language: str) -> None:
    groups = EXAMPLES[language]
    texts = [text for group in groups for text in group]
    random.Random(1).shuffle(texts)

    assert grouped(texts, language) == {frozenset(group) for group in groups}


def test_a_group_says_which_words_it_shares() -> None:
    [first, *_others] = suggest(["so that nobody is alone", "no one stays alone", "to see the sea"], "en")

    assert (first.places, first.shared) == ((0, 1), ("alone",))


def test_words_that_everybody_uses_put_nothing_together() -> None:
    texts = ["we want people to sing", "we want people to bake", "we want people to climb"]

    assert len(suggest(texts, "en")) == 3


def test_a_language_without_word_lists_is_grouped_as_well() -> None:
    assert len(suggest(["κανείς δεν είναι μόνος", "κανείς να μην είναι μόνος", "η θάλασσα"], "el")) == 2


def test_the_same_texts_always_give_the_same_groups() -> None:
    texts = [text for group in EXAMPLES["en"] for text in group]

    assert suggest(texts, "en") == suggest(list(texts), "en")


@pytest.mark.parametrize("texts", [[], [""], ["…", "!!"], ["<b>bold</b>", "<b>bold</b>"], ["word " * 900]])
def test_what_holds_no_words_is_no_trouble(texts: list[str]) -> None:
    assert sorted(place for one in suggest(texts, "en") for place in one.places) == list(range(len(texts)))


def test_one_more_finds_its_group_or_stands_alone() -> None:
    groups = [["swap tricks for tired days"], ["nobody is alone", "no one stays alone"]]

    assert closest("that she is not alone", groups, "en") == 1
    assert closest("to walk by the sea", groups, "en") is None
    assert closest("anything", [], "en") is None


def test_the_heart_of_a_group_is_what_most_resembles_the_others() -> None:
    assert central(["alone at night and cold", "nobody is alone", "alone no more"], "en") in {1, 2}


def test_200_contributions_are_put_together_within_a_second() -> None:
    words = [word for groups in EXAMPLES["en"] for text in groups for word in text.split()]
    luck = random.Random(7)
    texts = [" ".join(luck.choices(words, k=luck.randint(4, 14))) for _ in range(200)]
    began = time.process_time()
    suggest(texts, "en")

    assert time.process_time() - began < 1
