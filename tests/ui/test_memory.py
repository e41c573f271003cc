"""Remembered parts: made once for the same facts, anew for others, and never more than there is room for."""

import pytest
from markupsafe import Markup

from hearth.ui import memory


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_parts", {})


def made(words: str, calls: list[str]) -> Markup:
    calls.append(words)
    return Markup(words)


def test_a_part_is_made_once_for_the_same_facts_and_anew_for_others() -> None:
    calls: list[str] = []
    for version in (1, 1, 2):
        part = memory.remember("post", 7, version, caller=lambda: made(f"words {version}", calls))  # noqa: B023
        assert part == f"words {version}"
    assert calls == ["words 1", "words 2"]


def test_a_long_part_is_not_kept() -> None:
    calls: list[str] = []
    for _time in range(2):
        memory.remember("post", caller=lambda: made("x" * (memory.LONGEST + 1), calls))
    assert len(calls) == 2


def test_the_older_half_goes_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 10)
    calls: list[str] = []
    for number in range(11):
        memory.remember(number, caller=lambda: made("part", calls))
    memory.remember(10, caller=lambda: made("part", calls))
    memory.remember(9, caller=lambda: made("part", calls))
    assert len(calls) == 11
    memory.remember(0, caller=lambda: made("part", calls))
    assert len(calls) == 12
