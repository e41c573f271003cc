"""The frame of every page, and the pages for when something cannot be done."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from hearth.core.errors import Conflict, NotAllowed, NotFound, TooMany
from hearth.ui import errors, navigation, views
from hearth.ui.context import Shell
from hearth.ui.middleware import ErrorsMiddleware
from hearth.ui.navigation import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    names = ("community", "signed_in", "signed_out", "purpose")
    kept = {name: getattr(navigation._Places, name) for name in names}
    navigation.fill(
        community=[Place("First", "help", "house"), Place("Front", "home", "door-open", front=True)],
        signed_in=[Place("Me", "reading", "circle-user")],
        signed_out=[Place("Come in", "reading", "log-in")],
        purpose="help",
    )
    yield
    navigation.fill(**kept)


def request_to(path: str, **known: object):
    request = RequestFactory().get(path)
    for name, value in known.items():
        setattr(request, name, value)
    request._messages = []
    return request


COMMUNITY = SimpleNamespace(name="Society by the Lake", purpose_sentence="We bring people together.")


@pytest.mark.usefixtures("places")
def test_the_words_at_the_top_are_those_of_a_community() -> None:
    inside, outside = request_to("/help/", community=COMMUNITY), request_to("/help/", community=None)
    assert [(item.label, item.current) for item in navigation.main_items(inside)] == [
        ("First", True),
        ("Front", False),
    ]
    assert navigation.main_items(outside) == []


@pytest.mark.usefixtures("places")
def test_the_front_is_current_only_where_one_stands_in_it() -> None:
    items = navigation.main_items(request_to("/", community=COMMUNITY))
    assert [(item.label, item.current) for item in items] == [("First", False), ("Front", True)]


@pytest.mark.usefixtures("places")
def test_the_corner_knows_who_is_signed_in() -> None:
    known = request_to("/", account=SimpleNamespace())
    assert [item.label for item in navigation.corner_items(known)] == ["Me"]
    assert [item.label for item in navigation.corner_items(request_to("/", account=None))] == ["Come in"]


def test_the_frame_assumes_nothing() -> None:
    page = render_to_string("ui/help.html", {"phone": "", "hours": "", "email": ""}, request_to("/help/"))
    assert "Hearth" in page
    assert "Ask the person who invited you" in page


@pytest.mark.usefixtures("places")
def test_the_frame_shows_the_community() -> None:
    page = render_to_string(
        "ui/help.html", {"phone": "", "hours": "", "email": ""}, request_to("/", community=COMMUNITY)
    )
    assert "<title>Help · Society by the Lake</title>" in page
    assert "We bring people together." in page


def test_what_just_happened_is_said_in_its_tone() -> None:
    request = request_to("/")
    request._messages = [Message(constants.SUCCESS, "Thank you"), Message(constants.ERROR, "It broke")]
    assert Shell(request).messages == [("good", "Thank you"), ("danger", "It broke")]


def test_a_form_that_was_answered_leads_back_to_the_front() -> None:
    request = RequestFactory().post("/talk/?a=1")
    assert Shell(request).full_path == "/"
    assert Shell(request_to("/talk/?a=1")).full_path == "/talk/?a=1"


def test_arabic_runs_from_right_to_left() -> None:
    with translation.override("ar"):
        page = render_to_string("ui/help.html", {"phone": "", "hours": "", "email": ""}, request_to("/"))
    assert '<html lang="ar" dir="rtl"' in page


@pytest.mark.usefixtures("places")
def test_help_names_the_people_of_the_community() -> None:
    community = SimpleNamespace(
        name="Society", help_phone="+41 44 123", help_hours="9 to 5", help_email="hello@society.example"
    )
    page = views.help_page(request_to("/help/", community=community)).content.decode()
    assert 'href="tel:+4144123"' in page
    assert "9 to 5" in page
    assert 'href="mailto:hello@society.example"' in page


@pytest.mark.parametrize("refusal", [NotAllowed, Conflict, TooMany])
def test_a_refusal_becomes_a_page_with_its_reason(refusal: type) -> None:
    answer = refused(refusal("Only members may write <here>."))
    assert answer.status_code == refusal.status
    assert "Only members may write &lt;here&gt;." in answer.content.decode()


def test_what_is_hidden_answers_like_what_is_absent(client: Client) -> None:
    hidden = refused(NotFound("The space Team exists, but not for you."))
    absent = views.not_found(request_to("/talk/"), Exception())
    assert hidden.status_code == absent.status_code == 404
    assert "Team" not in hidden.content.decode()
    assert without_token(hidden) == without_token(absent)
    assert client.get("/there-is-no-such-page/").status_code == 404


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def refused(refusal: Exception) -> HttpResponse:
    middleware = ErrorsMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(request_to("/talk/"), refusal)
    assert answer is not None
    return answer


def test_an_error_of_ours_is_not_hidden_as_a_refusal() -> None:
    middleware = ErrorsMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(request_to("/"), ValueError("a bug")) is None


def test_the_last_page_needs_nothing_that_could_be_broken(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "our fault" in answer.content.decode()
    assert 'href="/static/ui/hearth' in answer.content.decode()


def test_a_form_from_another_visit_is_refused_kindly() -> None:
    answer = views.form_expired(request_to("/"))
    assert answer.status_code == 403
    assert "Nothing was sent." in answer.content.decode()


@pytest.mark.parametrize("status", sorted(errors.TROUBLES))
def test_every_status_says_what_one_can_do(status: int) -> None:
    trouble = errors.TROUBLES[status]
    for words in (str(trouble.title), str(trouble.reason), str(trouble.next)):
        assert "!" not in words
        assert all(len(sentence.split()) <= 15 for sentence in words.split(". "))


def test_the_style_guide_shows_every_component(client: Client) -> None:
    page = client.get("/style-guide/").content.decode()
    for part in ("button-danger", "notice-care", "mark-tone", "post-body", "tile", "check-answers", "task-list", "chart-bar",
                 "finish", "empty", "pagination", "error-summary", "code-input", "dialog", "welcome-door"):  # fmt: skip
        assert part in page, part
    assert page.count("<h1") == 1
