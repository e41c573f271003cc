"""The walk through the first run, for the scan and the pictures: from the first page to the stewards' own."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.journeys.browsing import Visit

# The address of these is a form's only; what they do, tests/setup shows.
NO_PAGE = {"begin_later"}

# name of the page, name of its route, its path in the new community
INSIDE = (
    ("begin-purpose", "begin_purpose", "begin/purpose/"),
    ("begin-invite", "begin_invite", "begin/invite/"),
    ("begin-email", "begin_email", "begin/e-mail/"),
    ("begin-space", "begin_space", "begin/space/?idea=tired-days"),
    ("begin-place", "begin_place", "begin/place/"),
    ("begin-tasks", "begin_tasks", "begin/"),
    ("today-of-a-founder", "", ""),
    ("look-after", "look_after", "look-after/"),
    ("purpose-none", "", "purpose/"),
    ("compass-none", "", "purpose/compass/"),
)
LETTER = "We " + "write and " * 12 + "never stop."


def begin(visit: Visit) -> Iterator[tuple[str, str, Page]]:
    """Begin a community in the house and yield (name, route, page) of each page on the way."""
    page = visit.device(language="de-AT")
    page.goto("/begin/")
    yield "begin", "begin", page
    page.locator("main form button").last.click()
    page.wait_for_load_state()
    page.locator("main form button").last.click()
    yield "begin-name-error", "begin_name", page
    page.locator("#id_name").fill("Selbsthilfe für sehr seltene Erkrankungen des Nervensystems im Burgenland")
    page.locator("main form button").last.click()
    page.locator("#id_email").wait_for()
    yield "begin-you", "begin_you", page
    page.locator("#id_name").fill("Ása Þórsdóttir")
    page.locator("#id_email").fill("asa@else.example")
    page.locator("main form button").last.click()
    page.locator("[name=languages]").first.wait_for()
    yield "begin-languages", "begin_languages", page
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile("/begin/purpose/"))
    home = page.url.partition("begin/purpose/")[0]
    for name, route, path in INSIDE:
        page.goto(home + path)
        yield name, route, page
    page.goto(f"{home}begin/space/")
    page.locator("main form button").first.click()
    page.goto(f"{home}begin/letter/")
    yield "begin-letter", "begin_letter", page
    page.locator("[name=text]").fill(LETTER)
    page.locator("[name=look]").click()
    page.locator(".letter-preview").wait_for()
    yield "begin-letter-looked-at", "", page
