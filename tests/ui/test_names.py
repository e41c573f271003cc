"""Marks and colours of people, languages by their own names."""

import pytest

from hearth.ui.names import initials, lang_name, tone


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria Keller", "MK"),
        ("Anna-Lena von der Weiden", "AW"),
        ("Li", "L"),
        ("ليلى حداد", "لح"),
        ("Ὀδυσσεύς Παπαδόπουλος", "ὈΠ"),
        ("'s Jacob", "SJ"),
        ("E\u0301mile Zola", "ÉZ"),
        ("", "·"),
        ("***", "·"),
    ],
)
def test_a_mark_has_the_first_letters_of_the_outer_words(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_colour_stays_and_is_one_of_eight() -> None:
    assert tone("Maria Keller") == tone("Maria Keller")
    assert {tone(f"person {number}") for number in range(200)} == set(range(1, 9))


def test_languages_are_called_as_their_readers_call_them() -> None:
    assert [lang_name(code) for code in ("de", "fr", "el", "de-ch")] == [
        "Deutsch",
        "Français",
        "Ελληνικά",
        "Deutsch",
    ]
    assert lang_name("mt") == "Malti"
    assert lang_name("xx-unknown") == "Xx-unknown"
