from datetime import timedelta

import pytest
from django.db import IntegrityError

from hearth.core.models import FormToken
from hearth.core.once import forget_tokens, new_token, once
from tests.people import NOW

pytestmark = pytest.mark.django_db


class Maker:
    """Counts how often it was asked to make a thing."""

    made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"/thing/{self.made}"


def send(make: Maker, token: str = "t", owner: str = "m1") -> str:
    return once(token=token, owner=owner, now=NOW, make=make)


def test_a_repeated_form_finds_what_the_first_one_made() -> None:
    make = Maker()

    assert [send(make) for _tap in range(3)] == ["/thing/1"] * 3
    assert make.made == 1


def test_another_form_and_another_person_make_another_thing() -> None:
    make = Maker()

    assert [send(make), send(make, token="u"), send(make, owner="m2")] == ["/thing/1", "/thing/2", "/thing/3"]


def test_without_a_token_each_form_makes_a_thing() -> None:
    make = Maker()

    assert [send(make, token=""), send(make, token="")] == ["/thing/1", "/thing/2"]


def test_what_is_kept_of_a_form_says_neither_whose_it_was_nor_what_stood_in_it() -> None:
    send(Maker(), token="digest-of-words", owner="m17")

    kept = FormToken.objects.values_list("token", flat=True).get()
    assert "m17" not in kept
    assert "digest-of-words" not in kept


def test_a_token_with_a_letter_that_databases_refuse_is_taken_like_any_other() -> None:
    make = Maker()

    assert [send(make, token="a\0b"), send(make, token="a\0b"), send(make, token="x" * 500)] == [
        "/thing/1",
        "/thing/1",
        "/thing/2",
    ]


def test_a_form_that_failed_can_be_sent_again() -> None:
    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(token="t", owner="m1", now=NOW, make=fail)

    assert (send(Maker()), FormToken.objects.count()) == ("/thing/1", 1)


def test_a_broken_rule_of_the_database_is_not_taken_for_a_repeated_form() -> None:
    def break_a_rule() -> str:
        FormToken.objects.create(token="same", result="", used_at=NOW)
        FormToken.objects.create(token="same", result="", used_at=NOW)
        return ""

    with pytest.raises(IntegrityError):
        once(token="t", owner="m1", now=NOW, make=break_a_rule)


def test_tokens_differ_and_old_ones_are_forgotten() -> None:
    assert len({new_token() for _form in range(100)}) == 100
    send(Maker())

    assert (forget_tokens(before=NOW), forget_tokens(before=NOW + timedelta(seconds=1))) == (0, 1)
