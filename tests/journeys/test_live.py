"""The live part of a page in a real browser: what others do comes in, and nothing of one's own is lost for it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.config.live_server import Site, shared_by_processes

pytestmark = pytest.mark.browser

SOON = 3000
LABEL = "The group has moved on. Show it."
LOST = "Not connected. What you write is kept."


@pytest.fixture(scope="module")
def environment(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with shared_by_processes(tmp_path_factory.mktemp("live")) as shared:
        yield shared


@pytest.fixture
def site(environment: dict[str, str]) -> Iterator[Site]:
    yield Site(environment)
    for name in ("closed", "moved-on", "draft"):
        file(environment, name).unlink(missing_ok=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on(
        "console", lambda said: page.complaints.append(said.text) if "Content Security" in said.text else None
    )
    yield page
    assert page.complaints == []
    context.close()


def file(environment: dict[str, str], name: str) -> Path:
    return Path(environment["HEARTH_DATA_DIR"]) / name


def opened(page: Page, site: Site) -> Page:
    with page.expect_response("**/listen/**"):
        page.goto(f"http://127.0.0.1:{site.port}/")
    # Gone as soon as the page is loaded anew.
    page.evaluate("window.untouched = true")
    return page


def shows(page: Page, number: int, within: float = SOON) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Step {number}", timeout=within)


def test_what_others_do_comes_in_and_focus_place_and_open_parts_stay(page: Page, site: Site) -> None:
    with site.open():
        # The next number is odd, with which the page grows above the reader's place.
        if site.touch() % 2:
            site.touch()
        opened(page, site)
        page.get_by_text("More about it").click()
        # Chromium keeps the place by itself; other browsers do not.
        page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
        page.locator("#hand").focus()
        place = page.locator("#hand").bounding_box()
        number = site.touch()
        shows(page, number)

        expect(page.locator("#hand")).to_be_focused()
        assert page.locator("#hand").bounding_box() == place
        assert page.locator("details").get_attribute("open") is not None
        expect(page.get_by_role("status")).to_have_text(f"Step {number}")
        assert page.evaluate("window.untouched")
        assert page.evaluate("scrollY") > 500


def test_the_button_does_not_lie_over_what_somebody_writes(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        field = page.get_by_label("Your line")
        # At the lower edge, where the button will appear.
        page.evaluate("document.querySelector('.live').style.paddingBlockStart = '1200px'")
        field.fill("We sit by the stove")
        page.evaluate(
            "scrollBy(0, document.activeElement.getBoundingClientRect().bottom - innerHeight + 100)"
        )
        site.touch()
        button = page.get_by_role("link", name=LABEL)
        expect(button).to_be_in_viewport(timeout=SOON)

        mine, its = field.bounding_box(), button.bounding_box()
        assert mine is not None
        assert its is not None
        assert mine["y"] + mine["height"] <= its["y"]
        expect(field).to_be_focused()


def test_who_is_writing_is_not_disturbed_and_is_asked(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        before = page.get_by_role("heading", level=1).inner_text()
        page.get_by_label("Your line").fill("We sit by the stove")
        page.get_by_label("Your word").fill("warmth")
        page.locator("#hand").focus()
        number = site.touch()
        button = page.get_by_role("link", name=LABEL)
        expect(button).to_be_in_viewport(timeout=SOON)
        assert page.get_by_role("heading", level=1).inner_text() == before
        page.get_by_label("Your word").press("End")
        page.get_by_label("Your word").press_sequentially(" and tea")
        button.click()

        shows(page, number)
        expect(page.get_by_label("Your line")).to_have_value("We sit by the stove")
        expect(page.get_by_label("Your word")).to_have_value("warmth and tea")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(button).to_be_hidden()


def test_a_field_in_which_one_merely_stands_is_not_taken_away(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        page.get_by_label("Your line").focus()
        number = site.touch()
        expect(page.get_by_role("link", name=LABEL)).to_be_visible(timeout=SOON)
        expect(page.get_by_label("Your line")).to_be_focused()
        # Once the hands are free, what comes next comes by itself.
        page.locator("#hand").focus()
        shows(page, site.touch())
        assert page.get_by_role("heading", level=1).inner_text() != f"Step {number}"
        expect(page.get_by_role("link", name=LABEL)).to_be_hidden()


def test_words_that_somebody_marks_stay_where_they_are(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.tall'))")
        site.touch()
        expect(page.get_by_role("link", name=LABEL)).to_be_visible(timeout=SOON)
        assert page.evaluate("getSelection().toString().length") > 100


def test_words_whose_place_is_gone_are_safe_first(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        page.get_by_label("Your line").fill("We sit by the stove")
        page.get_by_label("Your word").fill("warmth")
        file(site.environment, "moved-on").touch()
        number = site.touch()
        page.get_by_role("link", name=LABEL).click()
        shows(page, number)

        assert file(site.environment, "draft").read_text() == "We sit by the stove"
        expect(page.get_by_text("You had written: warmth")).to_be_visible()


def test_a_page_that_lost_its_server_says_so_and_misses_nothing(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        expect(page.get_by_text(LOST)).to_be_hidden()
    number = site.touch()
    expect(page.get_by_text(LOST)).to_be_in_viewport(timeout=13_000)
    with site.open():
        shows(page, number, within=15_000)
        expect(page.get_by_text(LOST)).to_be_hidden()
        assert page.evaluate("window.untouched")


def test_a_page_nobody_looks_at_listens_to_nothing_and_catches_up(page: Page, site: Site) -> None:
    turn = """now => {
        Object.defineProperty(document, 'visibilityState', {value: now, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    with site.open():
        opened(page, site)
        assert site.waiting() == 1
        page.evaluate(turn, "hidden")
        page.wait_for_timeout(500)
        assert site.waiting() == 0
        number = site.touch()
        page.evaluate(turn, "visible")
        shows(page, number)


def test_who_may_see_it_no_longer_is_told_so_by_the_page_itself(page: Page, site: Site) -> None:
    with site.open():
        opened(page, site)
        file(site.environment, "closed").touch()
        site.touch()
        expect(page.get_by_role("heading", name="Not Found")).to_be_visible(timeout=SOON)


def test_without_javascript_a_link_shows_what_is_new(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with site.open():
        page.goto(f"http://127.0.0.1:{site.port}/")
        number = site.touch()
        expect(page.get_by_role("link", name=LABEL)).to_be_hidden()
        page.get_by_role("link", name=re.compile("Show what is new")).click()
        shows(page, number)
    context.close()
