"""Nothing that a person typed is lost or doubled, on whatever device, and everyone sees what became of it."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE, Visit
from tests.journeys.places import DOOR

pytestmark = pytest.mark.browser

SPACE = f"{DOOR}/talk/what-works/"
LONG_TITLE = "How I fill in a long form"


def open_topic(page: Page, title: str) -> None:
    page.goto(SPACE)
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("heading", level=1).wait_for()


def write(page: Page, title: str, words: str) -> None:
    open_topic(page, title)
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send your answer").click()
    page.locator(".post", has_text=words).wait_for()


def test_what_is_typed_on_one_device_waits_on_another(visit: Visit) -> None:
    words = f"Half a thought about forms {token_hex(3)}"
    desk = visit.device(who="Bríd Mulkerrin")
    open_topic(desk, LONG_TITLE)
    desk.get_by_label("Your answer").press_sequentially(words)
    expect(desk.get_by_text("Saved", exact=True)).to_be_visible(timeout=15_000)

    phone = visit.device(who="Bríd Mulkerrin", scripts=False, viewport=PHONE)
    open_topic(phone, LONG_TITLE)
    expect(phone.get_by_label("Your answer")).to_have_value(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_press_of_send_makes_one_post(visit: Visit, scripts: bool) -> None:
    words = f"Once is enough {token_hex(3)}"
    page = visit.device(who="Pádraic Heneghan", scripts=scripts)
    open_topic(page, "Jar lids")
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send your answer").dblclick()
    page.locator(".post", has_text=words).first.wait_for()
    page.reload()
    expect(page.locator(".post", has_text=words)).to_have_count(1)


def test_a_fresh_post_is_changed_without_a_note_and_an_old_one_with_a_note(visit: Visit) -> None:
    words = f"A jar opens with a spoon {token_hex(3)}"
    page = visit.device(who="Ifeoma Okonkwo", scripts=False)
    write(page, "Getting the phone to type", words)
    page.locator(".post", has_text=words).get_by_role("link", name="Change your words").click()
    expect(page.get_by_label("What did you change")).to_have_count(0)
    page.get_by_role("textbox").first.fill(f"{words}, a strong one")
    page.get_by_role("button", name="Keep the change").click()
    fresh = page.locator(".post", has_text="a strong one")
    expect(fresh.get_by_role("link", name="Earlier words")).to_have_count(1)

    page.get_by_role("link", name="Change your words").first.click()
    expect(page.locator("[name=note]")).to_have_count(1)
    page.get_by_role("textbox").first.fill("Said otherwise today.")
    page.get_by_role("button", name="Keep the change").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("textbox").first).to_have_value("Said otherwise today.")
    page.locator("[name=note]").fill("clearer now")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.locator(".post", has_text="Said otherwise today.")).to_contain_text("clearer now")


def test_two_devices_that_change_one_post_see_both_texts(visit: Visit) -> None:
    words = f"The ladder stands by the shed {token_hex(3)}"
    desk = visit.device(who="Declan O'Shaughnessy")
    write(desk, "What didn't work", words)
    desk.locator(".post", has_text=words).get_by_role("link", name="Change your words").click()
    phone = visit.device(who="Declan O'Shaughnessy", viewport=PHONE)
    phone.goto(desk.url)
    desk.get_by_role("textbox").first.fill(f"{words}, on the left")
    desk.get_by_role("button", name="Keep the change").click()
    desk.locator(".post", has_text="on the left").wait_for()

    phone.get_by_role("textbox").first.fill(f"{words}, on the right")
    phone.get_by_role("button", name="Keep the change").click()
    expect(phone).to_have_title(re.compile("^Error: "))
    expect(phone.locator("blockquote")).to_contain_text("on the left")
    expect(phone.get_by_role("textbox").first).to_have_value(f"{words}, on the right")
    phone.get_by_role("button", name="Keep the change").click()
    expect(phone.locator(".post", has_text="on the right")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_form_with_an_error_keeps_the_words_and_says_so_in_the_title(visit: Visit, scripts: bool) -> None:
    page = visit.device(who="Joe Tierney", scripts=scripts)
    page.goto(f"{SPACE}new/")
    page.locator("[name=title]").fill("A text is what I always forget")
    page.get_by_role("button", name="Send it to the space").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("[name=title]")).to_have_value("A text is what I always forget")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.locator("textarea[name=text]")).to_be_focused()
