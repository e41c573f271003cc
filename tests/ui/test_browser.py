"""The style guide, which holds every component, in a real browser: no WCAG violation, no overflow, no CSP report."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}


@dataclass(frozen=True)
class Way:
    """One way in which a person looks at a page."""

    width: int
    height: int
    reading: str = ""
    scheme: str = "light"
    scan: bool = True


WAYS = {
    "desktop": Way(1280, 900),
    "desktop dark": Way(1280, 900, scheme="dark", scan=False),
    "phone": Way(390, 844, scan=False),
    "phone dark": Way(390, 844, scheme="dark"),
    "narrow": Way(320, 640),
    "low": Way(640, 320, scan=False),
    "very large on a phone": Way(390, 844, "text=200"),
    "very large": Way(1280, 900, "text=200", scan=False),
    "simple": Way(390, 844, "view=simple", scan=False),
    "strong": Way(1280, 900, "contrast=high"),
    "strong dark": Way(1280, 900, "contrast=high&theme=dark"),
    "calm": Way(390, 844, "calm=yes"),
}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def opened(browser: Browser, address: str, way: Way) -> Page:
    size = {"width": way.width, "height": way.height}
    context = browser.new_context(viewport=size, color_scheme=way.scheme, reduced_motion="reduce")
    if way.reading:
        context.add_cookies([{"name": "reading", "value": way.reading, "url": address}])
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.goto(address)
    return page


@pytest.mark.parametrize("name", WAYS)
def test_every_component_can_be_used_by_everybody(browser: Browser, live_server, name: str) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS[name])
    found = Axe().run(page, options=RULES).response["violations"] if WAYS[name].scan else []
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WAYS[name].width
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


def test_controls_are_large_enough_for_a_shaking_hand(browser: Browser, live_server) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["phone"])
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary, nav a, .button, .tools a")]
        .map((part) => part.closest(".tile") ?? part)
        .filter((part) => part.getClientRects().length && part.getBoundingClientRect().height < 44)
        .map((part) => part.outerHTML.slice(0, 100))"""
    )
    assert small == []
    page.context.close()


def test_the_page_changes_for_right_to_left(browser: Browser, live_server) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["phone"])
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    start = page.evaluate("document.querySelector('.brand-mark').getBoundingClientRect().right")
    assert start > 300
    page.context.close()


def test_text_spacing_cuts_nothing_off(browser: Browser, live_server) -> None:
    """WCAG 1.4.12: line 1.5, paragraph 2, letters 0.12, words 0.16 times the size of the letters."""
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["phone"])
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
        " p { margin-block-end: 2em !important }"); document.adoptedStyleSheets = [sheet]; }"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll("button, a, label, .tag, .mark, summary, .person-role")]
        .filter((part) => part.getClientRects().length && part.clientWidth && part.scrollWidth > part.clientWidth + 2)
        .map((part) => part.outerHTML.slice(0, 100))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(browser: Browser, live_server) -> None:
    page = opened(browser, f"{live_server.url}/help/", WAYS["desktop"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    box = page.locator(".skip-link").bounding_box()
    assert box
    assert box["height"] >= 44
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_errors_take_the_focus_without_javascript_too(browser: Browser, live_server) -> None:
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{live_server.url}/reading/")
        page.evaluate("for (const one of document.querySelectorAll('[name=text]')) one.value = '900'")
        page.get_by_role("button", name="Read like this").click()
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.className") == "error-summary"
        context.close()


def test_a_choice_works_without_javascript(browser: Browser, live_server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/help/")
    page.get_by_role("link", name="Reading").click()
    page.get_by_label("Very large").check()
    page.get_by_role("button", name="Read like this").click()
    assert page.url == f"{live_server.url}/help/"
    assert page.locator("html").get_attribute("data-text") == "200"
    context.close()


def test_new_things_are_shown_on_demand_and_take_the_focus(browser: Browser, live_server) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["desktop"])
    page.evaluate("document.querySelector('#fresh').dataset.old = 'yes'")
    page.get_by_role("link", name="2 new answers: show").click()
    page.locator("#fresh:not([data-old]) h3:focus", has_text="The newest answers").wait_for()
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


def test_a_refusal_of_a_part_takes_the_place_of_the_page(browser: Browser, live_server) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["desktop"])
    page.evaluate("document.querySelector('.show-new a').setAttribute('hx-get', '/there-is-no-such-page/')")
    page.evaluate("htmx.process(document.body)")
    page.get_by_role("link", name="2 new answers: show").click()
    page.get_by_role("heading", name="There is no such page").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "There is no such page"
    page.context.close()


def test_a_draft_is_sent_after_a_change_and_kept_on_the_device_without_a_connection(
    browser: Browser, live_server
) -> None:
    page = opened(browser, f"{live_server.url}/style-guide/", WAYS["desktop"])
    field = page.get_by_label("Your answer")
    with page.expect_request(lambda sent: sent.method == "POST", timeout=6000) as asked:
        field.press_sequentially("A first thought", delay=10)
    assert "answer=A+first+thought" in (asked.value.post_data or "")
    page.get_by_text("Saved", exact=True).wait_for()
    page.context.set_offline(True)
    field.press_sequentially(", and a second", delay=10)
    page.locator(".composer-said", has_text="Not sent to us yet").wait_for(timeout=6000)
    page.context.set_offline(False)
    page.reload()
    assert page.get_by_label("Your answer").input_value() == "A first thought, and a second"
    page.context.close()
