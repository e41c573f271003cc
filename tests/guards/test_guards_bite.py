"""Each guard fails when its rule is broken: one planted fault for each, in a tree or a table made for the purpose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import models
from django_scopes import ScopedManager

from hearth.communities.models import Community
from hearth.conversations.models import Topic
from hearth.members.models import Member
from tests.guards import access, rules, test_access, test_pages
from tests.guards.test_queries import cost
from tests.guards.world import ROLES, Answer, make_world

Plant = Callable[[str, str], None]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write a file into a small tree of its own."""

    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


FAULTS = [
    (rules.rows_in_entrances, "talk/views.py", "def page(request):\n    return Topic.objects.all()\n"),
    (
        rules.rows_in_entrances,
        "talk/views/reading.py",
        "def page(request):\n    return Topic._default_manager.all()\n",
    ),
    (rules.rows_in_entrances, "talk/inbound.py", "def take(mail):\n    type(mail).objects.get()\n"),
    (rules.positional_actions, "talk/actions.py", "def answer(by, *, text): ...\n"),
    (rules.positional_actions, "talk/actions.py", "def answer(*, text, by): ...\n"),
    (rules.requests_in_domain, "talk/actions.py", "def answer(*, by, request): ...\n"),
    (rules.requests_in_domain, "talk/policy.py", "from django.http import HttpRequest\n"),
    (rules.requests_in_domain, "talk/actions/words.py", "from django.contrib import messages\n"),
    (rules.forms_and_actions, "talk/forms.py", "from hearth.talk import actions\n"),
    (rules.forms_and_actions, "talk/actions.py", "from hearth.talk.forms import AnswerForm\n"),
    (rules.entrances_import_each_other, "talk/views.py", "from hearth.people.views import person\n"),
    (rules.entrances_import_each_other, "talk/jobs.py", "from hearth.talk import views\n"),
    (rules.signals, "talk/models.py", "from django.db.models.signals import post_save\n"),
    (rules.signals, "talk/apps.py", "from django.dispatch import receiver\n"),
    (rules.unfit_names, "talk/actions.py", "def do_answer(): ...\n"),
    (rules.unfit_names, "talk/jobs.py", "def _process_mail(): ...\n"),
    (rules.unfit_names, "talk/views.py", "class TopicManager: ...\n"),
    (rules.unfit_names, "talk/utils.py", ""),
    (rules.inline_code, "talk/templates/talk/page.html", '<p style="color: red">'),
    (rules.inline_code, "talk/templates/talk/page.html", "<script>go()</script>"),
    (rules.inline_code, "talk/templates/talk/page.html", '<button onclick="go()">'),
    (rules.inline_code, "talk/templates/talk/page.html", '<a href="javascript:go()">'),
]


@pytest.mark.parametrize(("rule", "name", "text"), FAULTS, ids=lambda part: getattr(part, "__name__", None))
def test_a_rule_of_the_source_bites(
    rule: Callable[[Path], list[str]], name: str, text: str, tmp_path: Path, plant: Plant
) -> None:
    plant("talk/queries.py", "def topics(member):\n    return Topic.objects.all()\n")
    plant(
        "talk/templates/talk/good.html", '<script src="/static/a.js"></script><p class="style">on = off</p>'
    )
    assert rule(tmp_path) == []

    plant(name, text)

    assert len(rule(tmp_path)) == 1


def test_actions_of_a_folder_are_those_that_it_shows(tmp_path: Path, plant: Plant) -> None:
    plant("talk/actions/posts.py", "def answer(by, *, text): ...\ndef inner(topic): ...\n")
    plant("talk/actions/__init__.py", '__all__ = ["answer"]\n')

    assert rules.positional_actions(tmp_path) == ["talk/actions/posts.py:answer takes by without a keyword"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("talk/queries.py", "def topics():\n" + "    x = 1\n" * 40),
        ("talk/views.py", "def page(request):\n" + "    x = 1\n" * 20),
        ("talk/models.py", "x = 1\n" * 301),
        ("talk/templates/talk/page.html", "<p>\n" * 121),
    ],
)
def test_what_is_one_line_too_long_is_named(name: str, text: str, tmp_path: Path, plant: Plant) -> None:
    plant(name, text)

    assert len(rules.too_long(tmp_path, {})) == 1


def test_the_list_of_long_things_only_gets_shorter(tmp_path: Path, plant: Plant) -> None:
    plant("talk/models.py", "x = 1\n" * 310)

    assert rules.too_long(tmp_path, {"talk/models.py": 310}) == []
    assert len(rules.too_long(tmp_path, {"talk/models.py": 320})) == 1
    assert len(rules.too_long(tmp_path, {"talk/models.py": 310, "talk/gone.py": 400})) == 1


def _model(name: str, **parts: Any) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "talk", "apps": Apps()})
    return type(name, (models.Model,), {"__module__": "hearth.talk.models", "Meta": meta, **parts})


def test_a_model_without_a_tenant_is_named() -> None:
    key = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    good = _model("Good", community=key, objects=ScopedManager(community="community"))
    bare = _model("Bare")
    open_to_all = _model("OpenToAll", community=key.clone())

    assert rules.untenanted([good], {}) == []
    assert len(rules.untenanted([good, bare, open_to_all], {})) == 2
    assert len(rules.untenanted([good, bare], {"talk.Bare": "why", "talk.Gone": "why"})) == 1


def test_a_relation_that_climbs_is_named() -> None:
    loud = _model("Loud", member=models.ForeignKey(Member, on_delete=models.CASCADE))
    quiet = _model("Quiet", member=models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+"))

    assert rules.climbing_relations([quiet]) == []
    assert len(rules.climbing_relations([quiet, loud])) == 1


CELL = ("topic", "closed", "GET")
ABSENT = ("topic", "absent", "GET")


def _answer(status: int = 404, body: str = "not there", **headers: str) -> Answer:
    return Answer(
        status, "", body, {"Content-Security-Policy": access.STRICT, "Content-Type": "text/html", **headers}
    )


def test_a_page_without_a_row_is_named_and_a_row_without_a_page() -> None:
    table = {CELL: [404] * len(ROLES)}

    assert access.without_row([CELL], table, ["topic"]) == []
    assert len(access.without_row([CELL, ABSENT], table, ["topic"])) == 1
    assert len(access.without_row([], table, [])) == 1
    assert len(access.without_row([CELL], table, ["topic", "new_page_with_an_argument"])) == 1


def test_a_page_that_opens_to_one_role_too_many_is_named() -> None:
    table = {CELL: [404] * len(ROLES)}

    assert access.otherwise({CELL: _answer()}, table, "former") == []
    assert len(access.otherwise({CELL: _answer(200)}, table, "former")) == 1


def test_an_answer_that_tells_the_hidden_from_the_absent_is_named() -> None:
    assert access.telling_apart({CELL: _answer(), ABSENT: _answer()}) == []
    assert len(access.telling_apart({CELL: _answer(body="not there."), ABSENT: _answer()})) == 1
    assert len(access.telling_apart({CELL: _answer(), ABSENT: _answer(403)})) == 1


def test_a_secret_word_is_found_in_body_and_head() -> None:
    assert access.leaks({CELL: _answer()}, ["canary"]) == []
    assert len(access.leaks({CELL: _answer(body="a canary")}, ["canary"])) == 1
    assert len(access.leaks({CELL: _answer(Location="/canary/")}, ["canary"])) == 1


@pytest.mark.parametrize(
    "answer",
    [
        _answer(**{"Content-Security-Policy": ""}),
        _answer(
            **{
                "Content-Security-Policy": access.STRICT.replace(
                    "script-src 'self'", "script-src 'self' 'unsafe-inline'"
                )
            }
        ),
        _answer(body='<p style="x">'),
        _answer(body="<script>x</script>"),
        _answer(body='<img onerror="x">'),
        _answer(body='<a href="javascript:x">'),
    ],
)
def test_a_loose_page_is_named(answer: Answer) -> None:
    assert access.loose(_answer()) == []
    assert len(access.loose(answer)) == 1


@pytest.mark.django_db
def test_a_page_that_writes_when_it_is_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world("network")
    monkeypatch.setattr(test_pages, "paths", lambda world: [("help", "", "/help/")])
    assert test_pages.changed_by_reading(world, "operator") == []
    from hearth.communities import queries

    monkeypatch.setattr(queries, "network", lambda: Community.objects.update(name="changed") and None)
    monkeypatch.setattr(test_pages, "paths", lambda world: [("home", "", "/")])

    assert test_pages.changed_by_reading(world, "operator") == ["communities_community"]


@pytest.mark.django_db
def test_a_list_that_asks_once_per_row_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from hearth.conversations.queries import topics

    plain = topics.ListedTopic

    def once_more(*row: Any) -> Any:
        Topic.objects.filter(pk=row[0]).exists()
        return plain(*row)

    assert cost("talk", 1) == cost("talk", 3)
    monkeypatch.setattr(topics, "ListedTopic", once_more)

    assert cost("talk", 1) != cost("talk", 3)


@pytest.mark.django_db
def test_a_form_that_is_not_protected_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_access, "paths", lambda world: [("talk", "", "/c/north/talk/")])
    world = make_world("open")
    assert test_access.taken_without_protection(world, "steward") == set()

    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "Csrf" not in one]

    assert test_access.taken_without_protection(world, "steward") == {"talk"}
