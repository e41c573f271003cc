"""The timetable of a workshop: its minutes, its table, its large print, in every language that paper speaks."""

from datetime import UTC, datetime, time
from itertools import pairwise
from typing import Any

import pytest

from hearth.paper.speech import in_words_of
from hearth.purpose.paper.face import Face
from hearth.purpose.paper.steps import MINUTES, steps
from hearth.purpose.paper.timetable import timetable
from tests.paper.pdf import Pdf

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACE = Face("Société de la SEP", "#8C2F0B")
EVERY_LANGUAGE = ["en", "de", "fr", "es", "it", "pl", "ar", "he"]


@pytest.mark.parametrize("minutes", MINUTES)
def test_the_minutes_make_the_meeting_exactly_with_a_break_in_the_middle(minutes: Any) -> None:
    found = steps(minutes)
    assert sum(step.minutes for step in found) == minutes
    before = sum(step.minutes for step in found[: [step.key for step in found].index("break")])
    assert 0.4 <= before / minutes <= 0.6


def test_clock_times_follow_from_the_minutes_even_past_midnight() -> None:
    found = steps(90, time(23, 30))
    assert found[0].starts == "23:30" and found[-1].starts == "00:54"
    clock = [int(step.starts[:2]) * 60 + int(step.starts[3:]) for step in found]
    assert [(after - before) % 1440 for before, after in pairwise(clock)] == [
        step.minutes for step in found[:-1]
    ]


@pytest.mark.parametrize("minutes", [60, 90])
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_timetable_is_a_table_on_one_page(language: str, minutes: Any) -> None:
    pdf = Pdf(timetable(language=language, face=FACE, minutes=minutes, made=MADE, starts=time(9, 30)))
    assert pdf.problems() == [] and pdf.pages == 1
    assert str(pdf.root.Lang) == language
    assert len(pdf.elements("TH")) == 3
    assert len(pdf.elements("TR")) == 11
    with in_words_of(language):
        names = [step.name for step in steps(minutes)]
    cells = pdf.elements("TD")
    assert [pdf.text(cell) for cell in cells[1::3]] == names
    assert pdf.text(cells[0]).startswith("09:30")


def test_each_cell_of_a_row_is_read_from_its_start() -> None:
    pdf = Pdf(timetable(language="en", face=FACE, minutes=60, made=MADE, starts=time(9, 30)))
    row = [pdf.text(cell) for cell in pdf.elements("TR")[1].parts]
    assert row == [
        "09:30 6 min",
        "Arrive",
        "“Welcome. Tell us your name and one line about you.” Greet each person by name. Say what will happen today.",
    ]
    assert pdf.text().endswith("No time runs out: take longer when you need it.")


@pytest.mark.parametrize("language", ["en", "de", "ar", "he"])
def test_large_print_is_large_and_in_blocks_with_headings(language: str) -> None:
    pdf = Pdf(timetable(language=language, face=FACE, minutes=90, made=MADE, print_size="large"))
    assert pdf.problems() == []
    assert min(shown.size for shown in pdf.shown if shown.text.strip()) >= 18
    assert pdf.elements("Table") == []
    with in_words_of(language):
        assert [pdf.text(one) for one in pdf.elements("H2")] == [step.name for step in steps(90)]


def test_a_timetable_in_another_language_is_english_and_says_so() -> None:
    pdf = Pdf(timetable(language="fi", face=FACE, minutes=60, made=MADE))
    assert str(pdf.root.Lang) == "en"
    assert "A meeting of 60 minutes" in pdf.text()
