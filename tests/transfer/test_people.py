"""Who wrote: senders as archives give them."""

import pytest

from hearth.transfer.people import NameBook, Sender, find_address, name_from_address, read_sender


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("ana at lista.example (Ana Horvat)", "Ana Horvat", "ana@lista.example"),
        ("ana@lista.example (Ana Horvat)", "Ana Horvat", "ana@lista.example"),
        ("Ana Horvat <Ana@Lista.example>", "Ana Horvat", "ana@lista.example"),
        ('"Horvat, Ana" <ana at lista.example>', "Horvat, Ana", "ana@lista.example"),
        ("Ana Horvat [mailto:ana at lista.example]", "Ana Horvat", "ana@lista.example"),
        ("ana.h+x at mail.lista.example", "", "ana.h+x@mail.lista.example"),
        ("ana AT lista DOT example", "", "ana@lista.example"),
        ("ana (at) lista (dot) example", "", "ana@lista.example"),
        ("Ana Horvat", "Ana Horvat", ""),
        ("<ana@lista.example>", "", "ana@lista.example"),
        ('"ana@lista.example" <ana@lista.example>', "", "ana@lista.example"),
        ("ana at lista.example (ana at lista.example)", "", "ana@lista.example"),
        ("Ana (away) Horvat <ana@lista.example>", "Ana (away) Horvat", "ana@lista.example"),
        ("@relay.example:ana@lista.example", "", "ana@lista.example"),
        ("Ana at the lake", "Ana at the lake", ""),
        ("undisclosed-recipients:;", "undisclosed-recipients:", ""),
        ("", "", ""),
        ("(((((", "(((((", ""),
    ],
)
def test_a_sender_is_understood(value: str, name: str, address: str) -> None:
    found = read_sender(value)
    assert (found.name, found.address) == (name, address)


def test_a_list_that_sends_in_its_own_name_is_recognised() -> None:
    assert read_sender("Ana Horvat via Lake list <lake@lista.example>") == Sender(
        "Ana Horvat", "lake@lista.example", via=True
    )


def test_a_stand_in_name_never_shows_the_address() -> None:
    assert name_from_address("ana.horvat@lista.example") == "ana horvat"


def test_no_address_is_found_in_words() -> None:
    assert find_address("we meet at nine") == ""


def test_the_name_used_most_wins() -> None:
    book = NameBook()
    for name in ("A. Horvat", "Ana Horvat", "Ana Horvat", "", "A. Horvat", "Ana Horvat"):
        book.note("k", name)
    assert book.name_of("k") == "Ana Horvat"


def test_among_equally_frequent_names_the_longest_wins_whatever_the_order() -> None:
    one, other = NameBook(), NameBook()
    for name in ("Ana", "Ana Horvat"):
        one.note("k", name)
    for name in ("Ana Horvat", "Ana"):
        other.note("k", name)
    assert (one.name_of("k"), other.name_of("k")) == ("Ana Horvat", "Ana Horvat")
