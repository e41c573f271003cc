"""Fonts: every letter of every language of Europe, of Arabic and of Hebrew has a picture."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from hearth.paper import fonts
from hearth.paper.letters import letters_of
from hearth.paper.printable import printable
from tests.paper.conftest import Sets
from tests.paper.pdf import Pdf
from tests.paper.sentences import SENTENCES

FILES = sorted(file for folder in fonts.folders() for file in folder.glob("*.ttf"))


def test_four_families_lie_in_their_packages() -> None:
    assert len(FILES) == 14


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_our_reading_of_a_font_agrees_with_font_tools(file: Path) -> None:
    font = TTFont(file)
    known = {code for table in font["cmap"].tables if table.isUnicode() for code in table.cmap}
    assert letters_of(file.read_bytes()) - {0} == known - {0, 0xFFFF}


@pytest.mark.parametrize("language", SENTENCES)
def test_every_letter_of_a_language_is_printed(language: str, sets: Sets) -> None:
    sentence = SENTENCES[language]
    pdf = Pdf(sets("= #data.words", language=language, words=sentence))
    assert pdf.problems() == []
    assert sorted(pdf.text().replace(" ", "")) == sorted(
        printable(sentence).replace(" ", "").replace("\u00a0", "")
    )


@pytest.mark.parametrize(
    ("language", "words", "lead"),
    [
        ("pl", "Zażółć gęślą jaźń", fonts.ATKINSON),
        ("en", "Hello 😀 ✓", fonts.ATKINSON),
        ("tr", "İstanbul", fonts.NOTO),
        ("en", "Siân of Tŷ Gŵyr", fonts.NOTO),
        ("el", "Κανείς", fonts.NOTO),
        ("ar", "لا أحد", fonts.ARABIC),
        ("he", "אף אחד", fonts.HEBREW),
        ("en", "Hello to שלום", fonts.ATKINSON),
    ],
)
def test_the_leading_font_has_all_letters_of_the_words(language: str, words: str, lead: str) -> None:
    assert fonts.families(language, [words])[0] == lead
    assert sorted(fonts.families(language, [words])) == sorted(
        [fonts.ATKINSON, fonts.NOTO, fonts.ARABIC, fonts.HEBREW]
    )


def test_a_letter_is_never_put_together_from_two_fonts(sets: Sets) -> None:
    pdf = Pdf(sets("#data.words", words="Tŷ Gŵyr İ"))
    used = {str(font.BaseFont)[8:] for page in pdf.file.pages for font in page.Resources.Font.values()}
    assert used == {"NotoSans-Regular"}


@pytest.mark.parametrize(
    "marks",
    ["\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", "\u05b0\u05b4\u05b7\u05b8\u05bc\u05c1\u05c2"],
)
def test_vowel_marks_of_arabic_and_hebrew_have_pictures(marks: str, sets: Sets) -> None:
    assert all(fonts.can_print(mark) for mark in marks)
    letter = "ب" if marks[0] == "\u064b" else "ש"
    assert sets("#data.words", language="ar", words=" ".join(letter + mark for mark in marks))
