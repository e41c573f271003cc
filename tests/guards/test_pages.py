"""What holds for every page and every role: reading changes nothing, and nothing runs that we did not send as a file."""

import re
from typing import Any

import pytest
from django.db import connection

from tests.guards.access import loose
from tests.guards.world import QUESTIONS, World, ask, make_world, paths, table_hash

pytestmark = pytest.mark.django_db


def without(table: str) -> bool:
    """Sessions slide on and limits count by themselves; that is no change of anything."""
    return table in {"django_session", "core_ratewindow", "usersessions_usersession"}


def changed_by_reading(world: World, role: str) -> list[str]:
    """Return the tables that are not as before when every page was read, for good, as a browser would."""
    browser = world.client(role)
    before = table_hash(without)
    for route, _thing, path in paths(world):
        browser.get(path, QUESTIONS.get(route, {}))
    return [table for table, rows in table_hash(without).items() if rows != before[table]]


@pytest.mark.parametrize(
    ("kind", "role"),
    [("network", "operator"), ("network", "steward"), ("open", "steward"), ("open", "insider")],
)
def test_reading_changes_nothing(kind: str, role: str, settings: Any) -> None:
    settings.SAMPLE_DOOR = True

    assert changed_by_reading(make_world(kind), role) == []


def test_a_page_that_is_nowhere_carries_the_strict_policy_too() -> None:
    world = make_world("open")
    for path in ("/nowhere/", "/c/north/nowhere/", "/c/nowhere/", "/static/nowhere.css"):
        answer = ask(world.client("member"), "GET", "", path)
        assert (answer.status, loose(answer)) == (404, []), path


def test_pages_behind_a_sign_in_are_kept_by_nobody() -> None:
    world = make_world("open")
    browser = world.client("insider")
    kept = [
        route
        for route, thing, path in paths(world)
        if (found := ask(browser, "GET", route, path)).status == 200
        and route != "brand_css"
        and not {"private", "no-store"} & set(re.split(r"[,\s]+", found.headers.get("Cache-Control", "")))
    ]
    assert kept == []


def test_the_comparison_of_tables_sees_a_single_changed_letter() -> None:
    world = make_world("network")
    before = table_hash(without)
    assert table_hash(without) == before
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_member SET about = about || %s WHERE id = %s", ["x", world.north.people["jan"].pk]
        )
    assert [table for table, now in table_hash(without).items() if now != before[table]] == ["members_member"]
