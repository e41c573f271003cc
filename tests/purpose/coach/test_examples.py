"""The examples that the interview shows: the same shape in each language, and none of them in the labelled set."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.purpose.coach.test_statements import HALVES, LANGUAGES, phrases, read

EXAMPLES = Path(__file__).parents[3] / "src" / "hearth" / "purpose" / "examples"
# "So that", with which each step of a ladder begins.
SO_THAT = {
    "en": "so that ",
    "de": "damit ",
    "fr": "pour qu",
    "es": "para que ",
    "it": "affinché ",
    "pl": "żeby ",
}
MOST_WORDS = 15


def load(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{language}.json").read_text(encoding="utf-8"))
    return found


def shown(examples: dict[str, Any]) -> list[str]:
    """Every example that stands for a part of a statement."""
    parts = [examples[part] for part in ("who", "what", "why")]
    return [words for part in parts for words in part["good"] + [weak["words"] for weak in part["weak"]]]


@pytest.mark.parametrize("language", LANGUAGES)
class TestExamples:
    def test_have_four_good_and_three_weak_ones_a_part(self, language: str) -> None:
        examples = load(language)
        assert set(examples) == {"who", "what", "why", "ladder"}
        for part in ("who", "what", "why"):
            assert (len(examples[part]["good"]), len(examples[part]["weak"])) == (4, 3)
            assert all(set(weak) == {"words", "why"} for weak in examples[part]["weak"])

    def test_have_two_ladders_whose_steps_begin_with_so_that(self, language: str) -> None:
        ladders = load(language)["ladder"]
        assert [len(ladder) in (4, 5) for ladder in ladders] == [True, True]
        assert [step for ladder in ladders for step in ladder if not step.startswith(SO_THAT[language])] == []

    def test_give_reasons_in_one_short_sentence(self, language: str) -> None:
        examples = load(language)
        reasons = [weak["why"] for part in ("who", "what", "why") for weak in examples[part]["weak"]]
        assert [r for r in reasons if len([w for w in r.split() if w[0].isalnum()]) > MOST_WORDS] == []
        assert [r for r in reasons if r[-1] not in ".?"] == []

    def test_are_quiet_and_well_set(self, language: str) -> None:
        text = (EXAMPLES / f"{language}.json").read_text(encoding="utf-8")
        assert "!" not in text
        assert "'" not in text

    def test_do_not_stand_in_the_labelled_set(self, language: str) -> None:
        known = {phrase for half in HALVES for item in read(half, language) for phrase in phrases(item)}
        assert [words for words in shown(load(language)) if words.casefold() in known] == []
