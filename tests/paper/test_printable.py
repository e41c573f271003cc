"""Words as people write them become words that can be printed."""

import pytest

from hearth.core.errors import Invalid
from hearth.paper.printable import all_printable, printable


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Courage 💪🏽 for Zoë 👩‍👩‍👧‍👦.", "Courage for Zoë ."),
        ("Doctor 🩺 and 1️⃣", "Doctor and 1"),
        ("\x00a\x01b\x1b[31mc\x7f", "ab[31mc"),
        ("half \ud800 a pair", "half a pair"),
        ("evil\u202etxt.exe\u202c", "eviltxt.exe"),
        ("i\u2066so\u2069lated", "isolated"),
        ("z" + "\u0301\u0302\u0303" * 20 + "algo", "\u017a\u0302\u0303\u0301\u0302algo"),
        ("e\u0301", "é"),
        ("𝓗𝓸𝓹𝓮 Ｈ ﬁ", "Hope H ﬁ"),
        ("thin\u2009space\tand\u3000wide", "thin space and wide"),
        ("12\u202f000 «\u00a0oui\u00a0»", "12\u00a0000 «\u00a0oui\u00a0»"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("  \n ", ""),
    ],
)
def test_what_cannot_be_printed_goes_and_the_words_stay(written: str, printed: str) -> None:
    assert printable(written) == printed


@pytest.mark.parametrize(("words", "named"), [("一人", "一"), ("ვინ", "ვ")])
def test_letters_without_a_font_are_refused_by_name(words: str, named: str) -> None:
    with pytest.raises(Invalid, match=f"cannot be printed yet: {named}"):
        printable(words)


def test_texts_are_found_wherever_they_stand() -> None:
    data = {"a": ["x\x00", {"b": ("y💪", 3)}], "c": None}
    assert all_printable(data) == {"a": ["x", {"b": ["y", 3]}], "c": None}
