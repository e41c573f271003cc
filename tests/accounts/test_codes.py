"""Codes that tired eyes can copy, and links that cannot be guessed."""

import pytest

from hearth.accounts import codes
from hearth.accounts.addresses import folded
from hearth.core.ids import new_id


def test_a_code_has_six_characters_that_look_like_no_other() -> None:
    made = "".join(codes.code_of(new_id()) for _ in range(400))
    assert len(made) == 2400
    assert set(made) == set(codes.ALPHABET)
    assert not set(made) & set("0OQ1IL2Z5S8B6G"[:-2] + "GUV")


def test_a_code_belongs_to_its_challenge_and_no_other() -> None:
    first, second = new_id(), new_id()
    assert codes.code_of(first) == codes.code_of(first)
    assert codes.is_code_of(first, codes.code_of(first))
    assert not codes.is_code_of(second, codes.code_of(first))


@pytest.mark.parametrize(
    "typed", ["ac3 d4e", "AC3-D4E", " a c 3 d 4 e ", "ac3.d4e", "\u0410\u04213D4\u0415", "\uff21C3D4E"]
)
def test_a_code_may_be_typed_in_any_manner(typed: str) -> None:
    assert codes.cleaned(typed) == "AC3D4E"


def test_a_code_is_another_with_another_secret_key(settings) -> None:
    public_id = new_id()
    before = codes.code_of(public_id), codes.link_token(public_id)
    settings.SECRET_KEY = "another" * 10
    assert codes.code_of(public_id) != before[0]
    assert codes.link_token(public_id) != before[1]
    assert codes.public_id_in(before[1]) is None


def test_a_link_is_known_only_as_a_whole() -> None:
    token = codes.link_token(new_id())
    assert codes.public_id_in(token) == token[:20]
    assert codes.public_id_in(token[:-1]) is None
    assert codes.public_id_in(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert codes.public_id_in(new_id() + token[20:]) is None
    assert codes.public_id_in("") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Maria@North.Example ", "maria@north.example"),
        ("maria@müller.example", "maria@xn--mller-kva.example"),
        ("MARIA@XN--MLLER-KVA.example", "maria@xn--mller-kva.example"),
        ("\uff4daria@north.example", "maria@north.example"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert folded(typed) == kept
