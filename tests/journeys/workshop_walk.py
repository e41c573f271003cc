"""A workshop in a browser, from its start to its end, for the walk through every page: a steward leads, two members take part."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.journeys.browsing import Visit

HERE = "/c/half-door/purpose/workshop/"
LEADS, WRITES, LATE = "Bríd Mulkerrin", "Aoife Kilbane", "Tom Hession"
FORM_ONLY = {
    "workshop_answer", "workshop_arrive", "workshop_choose", "workshop_climb", "workshop_draft", "workshop_feel",
    "workshop_here", "workshop_move", "workshop_part", "workshop_proposal_draft", "workshop_round", "workshop_stream",
    "workshop_take_back", "workshop_time", "workshop_together", "workshop_write",
}  # fmt: skip
WORDS = {
    "who": ["people in their first year with MS", "those in the first year after a diagnosis"],
    "what": ["swap tricks for tired days", "share tricks that help on tired days", "walk together, slowly"],
    "why": ["no one is alone with the diagnosis", "nobody has to be alone with it", "our dreams go on"],
}
WHOLE = {
    "We bring together …": "people in their first year with MS",
    "to …": "swap tricks for tired days",
    "so that …": "no one is alone with the diagnosis",
}

Stop = tuple[str, str, Page]


def workshop(visit: Visit) -> Iterator[Stop]:
    """Open every page of a workshop once, as (name, route, page); it is ended without a purpose."""
    lead, writer = visit.device(who=LEADS), visit.device(who=WRITES)
    yield from _beginning(lead)
    address = lead.url
    for name, path in (("invite", "invite/"), ("lead", "lead/")):
        lead.goto(address + path)
        yield f"workshop-{name}", f"workshop_{name}", lead
    writer.goto(address)
    yield "workshop-arrival", "", writer
    for page in (lead, writer):
        page.goto(address)
        page.get_by_label("As both").check()
        page.get_by_role("button", name="I am here").click()
    yield "workshop-arrive", "workshop", writer
    for number in range(2, 10):
        _onward(lead, writer, number)
        yield from _STEPS[number](writer)
        yield f"workshop-{number}", "", writer
        lead.goto(address)
        yield f"workshop-{number}-lead", "", lead
    lead.get_by_role("link", name="Adopt this one").first.click()
    yield "workshop-adopt", "workshop_adopt", lead
    lead.goto(f"{address}end/")
    yield "workshop-end", "workshop_end", lead
    lead.get_by_role("button", name="End it").click()
    yield "workshop-ended", "", lead


def _beginning(lead: Page) -> Iterator[Stop]:
    for name, path in (("workshops", ""), ("workshop_timetable", "timetable/"), ("workshop_new", "new/")):
        lead.goto(HERE + path)
        yield name.replace("_", "-"), name, lead
    lead.get_by_label("We meet").check()
    lead.get_by_role("button", name="Continue").click()
    lead.get_by_label("Those whom I choose below").check()
    lead.locator("details", has_text="Choose people").evaluate("one => { one.open = true }")
    for name in (WRITES, LATE):
        lead.get_by_label(name).check()
    lead.get_by_role("button", name="Continue").click()
    yield "workshop-invitation", "", lead
    lead.get_by_role("button", name="Send the invitation").click()


def _onward(lead: Page, writer: Page, number: int) -> None:
    lead.locator("#move-on").click()
    for page in (lead, writer):
        page.get_by_text(f"Step {number} of 9").wait_for()


def _write(page: Page) -> Iterator[Stop]:
    for part, some in WORDS.items():
        for words in some:
            page.locator(f"#id_{part}").fill(words)
            page.locator(f"#ask-{part}").get_by_role("button", name="Hand in").click()
    page.locator("#id_why").fill("x")
    page.locator("#ask-why").get_by_role("button", name="Hand in").click()
    yield "workshop-write-error", "", page
    page.goto(re.sub("write/$", "", page.url))


def _look(page: Page) -> Iterator[Stop]:
    yield from ()


def _feel(page: Page) -> Iterator[Stop]:
    # By keyboard: a click waits for frames, which a browser with many pages open draws for the foremost only.
    page.locator("button[value$=':warm']").first.press("Enter")
    page.locator("button[value$=':warm'][aria-pressed=true]").first.wait_for()
    yield from ()


def _climb(page: Page) -> Iterator[Stop]:
    page.locator("#id_rung").fill("because fear is smaller when it is shared")
    page.get_by_role("button", name="Hand in").first.click()
    yield from ()


def _propose(page: Page) -> Iterator[Stop]:
    address = page.url.partition("#")[0]
    page.goto(f"{address}proposals/1/")
    yield "workshop-proposal", "workshop_proposal", page
    for label, words in WHOLE.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Keep the proposal").click()


def _answer(page: Page) -> Iterator[Stop]:
    page.locator("button[value='member:warm']").first.press("Enter")
    yield from ()


_STEPS = {2: _write, 3: _look, 4: _look, 5: _feel, 6: _climb, 7: _propose, 8: _answer, 9: _look}
