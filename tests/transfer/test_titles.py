"""Subjects: what is shown, and when two are the same."""

import pytest

from hearth.transfer.titles import shown, take_apart

LIST = frozenset({"[lake]"})


@pytest.mark.parametrize(
    "subject",
    [
        "Boat trip", "Re: Boat trip", "RE: Re: boat  trip", "AW: WG: Boat trip", "Antw: Boat trip", "SV: Boat trip",
        "Re[2]: Boat trip", "RE : Boat trip", "[lake] Re: Boat trip", "Re: [lake] Boat trip", "Fwd: Boat trip.",
        "Odp: Boat trip", "Vá: Boat trip", "Απ: Boat trip", "Re：Boat trip", "[lake] AW: [lake] Re: Boat trip?",
    ],
)  # fmt: skip
def test_answers_have_the_key_of_what_they_answer(subject: str) -> None:
    assert take_apart(subject).key == "boat trip"


@pytest.mark.parametrize(
    ("subject", "is_reply"), [("Re: a", True), ("[x] aw: a", True), ("Fwd: a", False), ("Regatta: a", False)]
)
def test_only_reply_words_make_an_answer(subject: str, is_reply: bool) -> None:
    assert take_apart(subject).is_reply is is_reply


@pytest.mark.parametrize(
    "subject", ["", "Re:", "(no subject)", "Re: (kein Betreff)", "[lake]", "AW: [lake] ", "???"]
)
def test_a_subject_that_says_nothing_has_no_key(subject: str) -> None:
    assert (take_apart(subject).key, shown(subject, LIST)) == ("", "")


def test_a_changed_subject_remembers_the_former() -> None:
    title = take_apart("Re: Rowing (was: Boat trip)")
    assert (title.key, title.former_key) == ("rowing (was: boat trip)", "boat trip")


def test_only_the_tag_of_the_list_is_hidden() -> None:
    assert shown("[lake] Re: [ANN] Boat trip", LIST) == "[ANN] Boat trip"
