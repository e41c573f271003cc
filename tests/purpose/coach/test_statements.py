"""The labelled set of the coach keeps its own promises; what failed is named by id, so that no set-aside words are shown."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SET = Path(__file__).parents[3] / "bench" / "coach"
LANGUAGES = ("en", "de", "fr", "es", "it", "pl")
HALVES = ("statements", "aside")
RULES = {
    "who": {"who_everyone"},
    "what": {"what_for_members", "what_long", "what_vague"},
    "why": {"why_cold", "why_organisation", "why_no_value"},
}
RULES["whats"] = RULES["what"] | {"what_same"}
RULES["whole"] = RULES["who"] | RULES["whats"] | RULES["why"]
FIELDS = {
    "who": {"words"},
    "what": {"words"},
    "why": {"words"},
    "whats": {"whats"},
    "whole": {"who", "whats", "why"},
}
FEWEST_ITEMS = 240
FEWEST_A_RULE = 3

type Item = dict[str, Any]


def read(half: str, language: str) -> list[Item]:
    found = json.loads((SET / half / f"{language}.json").read_text(encoding="utf-8"))
    assert found["language"] == language
    items: list[Item] = found["items"]
    return items


def phrases(item: Item) -> list[str]:
    """Each phrase of an item, without capitals, spaces at the ends and a closing point."""
    words = [item.get(field, "") for field in ("words", "who", "why")] + item.get("whats", [])
    return [" ".join(w.casefold().split()).rstrip(".") for w in words if w]


def everything() -> list[Item]:
    return [item for half in HALVES for language in LANGUAGES for item in read(half, language)]


def test_there_are_enough_items_in_all() -> None:
    assert len(everything()) >= FEWEST_ITEMS


def test_no_id_stands_twice() -> None:
    assert [i for i, times in Counter(item["id"] for item in everything()).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", HALVES)
class TestEachFile:
    def test_holds_items_of_the_right_shape(self, half: str, language: str) -> None:
        wrong = [
            item["id"]
            for item in read(half, language)
            if set(item) != {"id", "part", "expects"} | FIELDS[item["part"]]
            or not item["id"].startswith(f"{language}-")
            or len(item.get("whats", "123")) != 3
            or len(phrases(item)) != {"whats": 3, "whole": 5}.get(item["part"], 1)
        ]
        assert wrong == []

    def test_has_labels_that_fit_the_part_and_are_sorted(self, half: str, language: str) -> None:
        wrong = [
            item["id"]
            for item in read(half, language)
            if item["expects"] != sorted(set(item["expects"]))
            or not set(item["expects"]) <= RULES[item["part"]]
        ]
        assert wrong == []

    def test_breaks_each_rule_often_enough(self, half: str, language: str) -> None:
        times = Counter(rule for item in read(half, language) for rule in item["expects"])
        assert {rule: times[rule] for rule in RULES["whole"] if times[rule] < FEWEST_A_RULE} == {}

    def test_has_about_as_many_good_items_as_weak_ones(self, half: str, language: str) -> None:
        items = read(half, language)
        good = sum(not item["expects"] for item in items)
        assert 0.4 <= good / len(items) <= 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_halves_share_no_phrase(language: str) -> None:
    known = {phrase for item in read("statements", language) for phrase in phrases(item)}
    assert [item["id"] for item in read("aside", language) if known & set(phrases(item))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice_in_a_half(language: str) -> None:
    twice = []
    for half in HALVES:
        seen: set[str] = set()
        for item in read(half, language):
            twice += [item["id"]] if seen & set(phrases(item)) else []
            seen |= set(phrases(item))
    assert twice == []


def test_the_quotations_name_their_source_and_are_cut_into_parts() -> None:
    quotations = json.loads((SET / "nonprofits.json").read_text(encoding="utf-8"))
    assert len({quotation["name"] for quotation in quotations}) == 10
    for quotation in quotations:
        assert quotation["quotation"] is True
        assert quotation["language"] in LANGUAGES
        assert quotation["statement"] and quotation["source"] and quotation["who"]
        assert len(quotation["whats"]) == 3
        assert isinstance(quotation["why"], str)
