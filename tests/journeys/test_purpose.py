"""Finding a purpose in a browser: the coach reads along, the sentence grows, and what was typed outlives the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Response, expect

from tests.journeys.browsing import PHONE, Visit
from tests.journeys.places import DOOR, begin_interview

pytestmark = pytest.mark.browser

START = f"{DOOR}/purpose/interview/"


def is_draft_with(words: str) -> Callable[[Response], bool]:
    return lambda answer: answer.url.endswith("/draft/") and words in (answer.request.post_data or "")


def test_while_somebody_types_the_coach_speaks_the_sentence_grows_and_the_focus_stays(visit: Visit) -> None:
    page = visit.device(who="Bríd Mulkerrin", viewport=PHONE)
    begin_interview(page, START, "With an empty page")
    field = page.get_by_label("Who do you bring together?")
    field.press_sequentially("everyone")

    expect(page.locator("#remarks mark")).to_have_text("everyone")
    expect(page.locator("#grown")).to_contain_text("We bring together everyone to")
    expect(field).to_be_focused()
    # The words change and so does what the coach says: nothing is left of the remark.
    with page.expect_response(is_draft_with("mothers")) as kept:
        field.fill("mothers whose child was diagnosed this year")
        expect(page.locator("#remarks mark")).to_have_count(0)
    assert kept.value.ok

    # Gone without a button, and back on another device.
    page.context.close()
    again = visit.device(who="Bríd Mulkerrin")
    again.goto(START)
    again.get_by_role("link", name="Go on", exact=True).click()
    expect(again.get_by_role("heading", level=1)).to_have_text("What do they want to do together?")
    expect(again.locator("#grown")).to_contain_text("mothers whose child was diagnosed this year")
    # What the coach said once is not in the way: "Continue" goes on at once where it was heard.
    again.get_by_label("What do they want to do together?").press_sequentially("inform members")
    expect(again.locator("#remarks mark").first).to_be_visible()
    again.get_by_role("button", name="Keep it as it is").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("What else do they want to do together?")
