import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hearth.conversations.actions import edit_post
from hearth.conversations.models import Draft, Post
from hearth.core.clock import now
from tests.people import Cast


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.accounts["jan"], backend="hearth.accounts.backends.AccountBackend")
    return client


def place(cast: Cast) -> str:
    return f"/c/north/talk/open/{cast.topics['open'].public_id}/"


def token_in(response: Any) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def said(cast: Cast) -> list[str]:
    return list(
        Post.objects.filter(topic=cast.topics["open"], number__gt=2)
        .order_by("number")
        .values_list("source", flat=True)
    )


def test_a_double_tap_makes_one_answer_and_leads_to_it_both_times(cast: Cast, browser: Client) -> None:
    form = {"text": "Once", "form_token": token_in(browser.get(place(cast)))}

    first, second = (browser.post(f"{place(cast)}answer/", form) for _tap in range(2))

    assert (
        (first.status_code, first["Location"])
        == (second.status_code, second["Location"])
        == (302, f"{place(cast)}#p3")
    )
    assert said(cast) == ["Once"]


def test_other_words_typed_after_the_back_button_are_another_answer(cast: Cast, browser: Client) -> None:
    token = token_in(browser.get(place(cast)))
    for text in ("One", "Another"):
        browser.post(f"{place(cast)}answer/", {"text": text, "form_token": token})

    assert said(cast) == ["One", "Another"]


def test_the_token_of_another_persons_form_keeps_nobody_from_answering(cast: Cast, browser: Client) -> None:
    form = {"text": "Same words", "form_token": token_in(browser.get(place(cast)))}
    other = Client()
    other.force_login(cast.accounts["mod"], backend="hearth.accounts.backends.AccountBackend")
    for client in (browser, other):
        client.post(f"{place(cast)}answer/", form)

    assert said(cast) == ["Same words", "Same words"]


def test_a_form_sent_twice_begins_one_conversation(cast: Cast, browser: Client) -> None:
    page = browser.get("/c/north/talk/open/new/")
    form = {"title": "A walk", "text": "Who comes?", "form_token": token_in(page)}
    answers = {browser.post("/c/north/talk/open/new/", form)["Location"] for _tap in range(2)}

    assert len(answers) == 1
    assert Post.objects.filter(source="Who comes?").count() == 1


def test_with_an_error_everything_typed_stands_there_again(cast: Cast, browser: Client) -> None:
    long = "w" * 100_001
    response = browser.post(f"{place(cast)}answer/", {"text": long})

    assert response.status_code == 422
    assert long in response.content.decode()
    assert said(cast) == []


def test_a_draft_of_another_device_stands_in_the_form(cast: Cast, browser: Client) -> None:
    assert browser.post(f"{place(cast)}draft/", {"text": "Half a sentence"}).status_code == 204

    assert "Half a sentence" in browser.get(place(cast)).content.decode()
    browser.post(f"{place(cast)}answer/", {"text": "Half a sentence, and the rest"})
    assert Draft.objects.count() == 0


def test_a_change_that_meets_another_shows_both_texts(cast: Cast, browser: Client) -> None:
    post = Post.objects.get(topic=cast.topics["open"], number=2)
    Post.objects.filter(pk=post.pk).update(written_at=now() - timedelta(minutes=1))
    edit_post(
        by=cast.people["jan"], post=Post.objects.get(pk=post.pk), text="From the phone", version=1, now=now()
    )

    response = browser.post(f"/c/north/posts/{post.public_id}/edit/", {"text": "From the desk", "version": 1})

    page = response.content.decode()
    assert response.status_code == 409
    assert "From the phone" in page
    assert "From the desk" in page
    assert Post.objects.get(pk=post.pk).source == "From the phone"


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "٣", "9" * 40, "1.0", ""])
def test_a_page_that_is_none_is_not_there(cast: Cast, browser: Client, page: str) -> None:
    for path in ("/c/north/talk/", "/c/north/talk/open/", place(cast), "/c/north/people/"):
        assert browser.get(path, {"page": page}).status_code == 404, path


def test_a_topic_in_another_spaces_address_is_not_there(cast: Cast, browser: Client) -> None:
    assert browser.get(f"/c/north/talk/closed/{cast.topics['open'].public_id}/").status_code == 404
