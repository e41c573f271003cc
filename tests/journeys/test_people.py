"""Who comes: a visitor, somebody with a keyboard only, a shaking hand, three languages, and somebody who means harm."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE, Visit
from tests.journeys.places import DOOR, KETTLE, STEPS, STOVE

pytestmark = pytest.mark.browser

MOST_TAB_STOPS = 25
JITTER = 12  # pixels beside the middle of what was meant
HARM = '"><img src=x onerror="document.title=\'harm\'"><script>document.title="harm"</script>'
# Words of the English interface that would show at once that a page was not translated.
ENGLISH = re.compile(
    r"\b(the|and|your|Today|Talk|People|Search|Help|Reading|Language|Spaces|Latest|Choose|Everyone|Welcome|Sign in|Come in|"
    r"New|yesterday|ago|Page|Send|Answer)\b"
)


def test_a_visitor_sees_open_spaces_only(visit: Visit) -> None:
    page = visit.device(scripts=False)
    page.goto(f"{DOOR}/talk/")
    text = page.locator("main").inner_text()
    assert "The Kettle" in text
    # What is said in the closed space of those who mind somebody
    for inside in ("I said a thing", "The day I did nothing", "What this room is"):
        assert inside not in text
    page.goto(f"{DOOR}/talk/minding/")
    assert "I said a thing" not in page.locator("main").inner_text()
    assert page.goto(f"{STOVE}/talk/team/").status == 404  # type: ignore[union-attr]  # a page was opened
    page.goto(f"{DOOR}/search/?q=minding")
    assert "I said a thing" not in page.locator("main").inner_text()


def test_somebody_answers_with_the_keyboard_alone_in_few_steps(visit: Visit) -> None:
    words = f"Typed without a mouse {token_hex(3)}"
    page = visit.device(who="Tom Hession")
    page.goto(f"{DOOR}/")
    stops = tab_to(page, "Coming in the other door")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Coming in the other door").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    stops += 1 + tab_to(page, "Go to the answer")
    page.keyboard.press("Enter")
    stops += tab_to(page, field="text")
    page.keyboard.type(words)
    stops += tab_to(page, "Send your answer")
    page.keyboard.press("Enter")
    page.locator(".post", has_text=words).wait_for()
    assert stops <= MOST_TAB_STOPS


def tab_to(page: Page, words: str = "", field: str = "") -> int:
    """Press Tab until the focus stands there; return how often."""
    for stops in range(1, 60):
        page.keyboard.press("Tab")
        at = page.evaluate("() => [document.activeElement.textContent, document.activeElement.name ?? '']")
        if (words and words in at[0]) or (field and at[1] == field):
            return stops
    raise AssertionError(f"{words or field} is not reached with Tab.")


@pytest.mark.parametrize(
    "aside", [(-JITTER, -JITTER), (JITTER, JITTER), (-JITTER, JITTER), (JITTER, -JITTER)]
)
def test_a_shaking_hand_meets_what_it_means(visit: Visit, aside: tuple[int, int]) -> None:
    page = visit.device(who="Aoife Kilbane", viewport=PHONE)
    for path in (f"{DOOR}/", f"{KETTLE}/", f"{KETTLE}/new/", f"{DOOR}/people/me/", f"{DOOR}/search/"):
        page.goto(path)
        missed = page.evaluate(
            """([x, y]) => [...document.querySelectorAll("main .button, .places a, .tools a, main summary")].filter((part) => {
              part.scrollIntoView({ block: "center" });
              const box = part.getBoundingClientRect();
              if (!box.width) return false;
              const met = document.elementFromPoint(box.x + box.width / 2 + x, box.y + box.height / 2 + y);
              return !part.contains(met);
            }).map((part) => part.outerHTML.slice(0, 120))""",
            aside,
        )
        assert missed == [], path


@pytest.mark.parametrize(
    ("language", "who", "home", "paths"),
    [
        ("de", "Helga Brandstätter", STOVE, ("", "talk/", "people/", "people/me/", "search/?q=qqqq", "help/", "reading/", "account/")),
        ("fr", "Delphine Rasquinet", STEPS, ("", "talk/", "people/", "people/me/", "search/?q=qqqq", "help/", "reading/", "account/")),
    ],
)  # fmt: skip
def test_a_page_in_another_language_speaks_no_english(
    visit: Visit, language: str, who: str, home: str, paths: tuple[str, ...]
) -> None:
    page = visit.device(who=who, language=language, scripts=False)
    found = []
    for path in paths:
        page.goto(f"{home}/{path}")
        assert page.locator("html").get_attribute("lang") == language
        said = page.evaluate(
            """() => { for (const one of document.querySelectorAll("[lang]:not(html):not(body)")) one.remove();
            return document.title + "\\n" + document.body.innerText; }"""
        )
        found += [(path, line) for line in said.splitlines() if ENGLISH.search(line)]
    assert found == []


def test_a_page_from_right_to_left_starts_at_the_right_and_fits(visit: Visit) -> None:
    page = visit.device(who="سمير الحلبي", language="de", viewport={"width": 320, "height": 640})
    for path in ("", "talk/", "people/", "people/me/"):
        page.goto(f"{STOVE}/{path}")
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate("document.querySelector('.brand-mark').getBoundingClientRect().right") > 240


def test_whatever_somebody_writes_stays_words(visit: Visit) -> None:
    page = visit.device(who="Eoghan Rafter")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{KETTLE}/new/")
    title = f"Harm {token_hex(3)} {HARM}"
    page.locator("[name=title]").fill(title)
    page.locator("[name=text]").fill(f"{HARM} [tap](javascript:document.title='harm')")
    page.get_by_role("button", name="Send it to the space").click()
    page.get_by_role("heading", level=1, name="Harm").wait_for()
    topic = page.url
    page.goto(f"{DOOR}/people/me/")
    page.locator("[name=name]").fill(f"Eoghan {HARM}")
    page.locator("[name=about]").fill(HARM)
    page.get_by_role("button", name="Keep it").click()
    for path in (topic, f"{DOOR}/", f"{DOOR}/talk/", f"{DOOR}/people/", f"{DOOR}/search/?q=harm", "/sample/"):
        page.goto(path)
        assert page.title() != "harm", path
        assert page.locator("main img[src=x], main script, main a[href^='javascript:']").count() == 0, path
    expect(page.locator("body")).to_contain_text("onerror")
    assert [url for url in asked if url.endswith("/x")] == []
    page.goto(f"{DOOR}/people/me/")
    page.locator("[name=name]").fill("Eoghan Rafter")
    page.locator("[name=about]").fill("")
    page.get_by_role("button", name="Keep it").click()


def test_a_member_of_one_community_finds_nothing_of_another(visit: Visit) -> None:
    own = visit.device(who="Helga Brandstätter", scripts=False)
    own.goto(f"{STOVE}/talk/team/")
    topic = own.locator("main .row-title a").first.get_attribute("href")
    own.goto(f"{STOVE}/people/")
    person = own.locator("main .person-name a").first.get_attribute("href")
    assert topic
    assert person
    stranger = visit.device(who="Joe Tierney", scripts=False)
    for path in (topic, person, topic.replace(STOVE, DOOR), person.replace(STOVE, DOOR)):
        answer = stranger.goto(path)
        assert answer
        assert answer.status == 404 or "/sign-in/" in stranger.url, path
