"""Who may open which page: every route, every method, every role, with words present that must not get out."""

from typing import Any

import pytest

from tests.guards import access
from tests.guards.world import ROLES, Answer, World, ask, make_world, paths, unreadable

pytestmark = pytest.mark.django_db

OPERATORS = {
    "outbox", "outbox_mail", "inbox", "sample_remove", "mail", "mail_provider", "mail_server", "mail_sender", "mail_user",
    "mail_password", "mail_test", "mail_lines", "mail_lines_send", "mail_forget",
}  # fmt: skip
Answers = dict[tuple[str, str, str], Answer]


def ask_all(world: World, role: str, methods: list[str]) -> Answers:
    browser = world.client(role)
    return {
        (route, thing, method): ask(browser, method, route, path)
        for route, thing, path in paths(world)
        for method in methods
    }


@pytest.mark.parametrize("kind", access.KINDS)
def test_every_page_stands_in_the_matrix(kind: str) -> None:
    world = make_world(kind)
    asked = [(route, thing, method) for route, thing, _path in paths(world) for method in access.METHODS]

    assert access.without_row(asked, access.expected(kind), world.routes()) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", access.KINDS)
def test_each_role_gets_what_the_matrix_says_and_no_word_more(kind: str, role: str, settings: Any) -> None:
    settings.SAMPLE_DOOR = True
    world = make_world(kind)
    answers = ask_all(world, role, access.METHODS)

    assert access.otherwise(answers, access.expected(kind), role) == []
    assert access.telling_apart(answers) == []
    # Whoever holds the link in a mail may know which conversation it stops.
    answers.pop(("stop", "jan's", "POST"), None)
    assert access.leaks(answers, unreadable(world, role)) == []
    assert access.all_loose(answers) == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_do_nothing_anywhere(method: str) -> None:
    world = make_world("open")
    answers = ask_all(world, "steward", [method])

    taken = [cell for cell, answer in answers.items() if answer.status < 300 and cell[0] != "brand_css"]
    assert taken == []


def test_the_words_that_must_not_get_out_are_there_for_those_who_may_read_them() -> None:
    world = make_world("open")
    said = "".join(answer.body for answer in ask_all(world, "insider", ["GET"]).values())

    places = [f"north-{key}{part}-canary" for key in ("open", "closed", "hidden") for part in ("", "-room")]
    assert [
        secret
        for secret in (*places, "north-maria-canary", "north-jan-canary", "north-workshop-canary")
        if secret not in said
    ] == []


def test_operators_without_a_second_step_are_led_to_it_by_every_page_of_theirs() -> None:
    world = make_world("network")
    browser = world.client("operator")
    session = browser.session
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()
    theirs = [
        (route, path) for route, thing, path in paths(world) if route in OPERATORS and thing != "absent"
    ]

    assert {route for route, _path in theirs} == OPERATORS
    for route, path in theirs:
        answer = ask(browser, "GET", route, path)
        assert (answer.status, "second-step" in answer.location) == (302, True), route


def taken_without_protection(world: World, role: str) -> set[str]:
    """Return the routes that take a form which another site could have made this reader's browser send."""
    browser = world.client(role)
    browser.handler.enforce_csrf_checks = True
    return {route for route, _thing, path in paths(world) if ask(browser, "POST", route, path).status != 403}


@pytest.mark.parametrize("kind", ["network", "open"])
def test_no_form_from_another_site_is_taken(kind: str, settings: Any) -> None:
    settings.SAMPLE_DOOR = True
    taken = taken_without_protection(make_world(kind), "operator" if kind == "network" else "steward")

    # A mail program presses this one (RFC 8058); the token in its address is the permission.
    assert taken == ({"stop"} if kind == "network" else set())
