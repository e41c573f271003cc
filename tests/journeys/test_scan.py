"""Every page, in every way of looking at it: no violation of WCAG, nothing wider than a narrow screen, no complaint.

The pages are those of `places.walk`. Each is loaded once; the ways differ by what the Reading page would set, the colours that
the device asks for, and the size of its screen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.browsing import DESKTOP, PHONE, Visit
from tests.journeys.places import NO_PAGE, routes, walk

pytestmark = pytest.mark.browser

EVERYTHING = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
# What colours and sizes can change; the rest is the same however one looks.
LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "color-contrast-enhanced", "target-size", "link-in-text-block"],
    }
}
WAYS: dict[str, tuple[dict[str, Any], str, str, dict[str, Any]]] = {
    "light": (EVERYTHING, "full", "light", DESKTOP),
    "dark": (LOOKS, "full", "dark", PHONE),
    "simple": (LOOKS, "simple", "light", PHONE),
    "simple dark": (LOOKS, "simple", "dark", DESKTOP),
}


@contextmanager
def seen(page: Page, *, view: str = "full", text: str = "100") -> Iterator[None]:
    """Show the page as somebody sees it who chose this on the Reading page."""
    script = "([view, text]) => Object.assign(document.documentElement.dataset, {view, text})"
    page.evaluate(script, [view, text])
    yield
    page.evaluate(script, ["full", "100"])


def violations(page: Page) -> Iterator[str]:
    for name, (rules, view, scheme, size) in WAYS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
        with seen(page, view=view):
            # As high as the page: what lies under the places at the lower edge is no fault, one can scroll.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
            for rule in Axe().run(page, options=rules).response["violations"]:
                yield f"{name}: {rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}"
    page.emulate_media(color_scheme="light")


def too_wide(page: Page) -> Iterator[str]:
    for name, width, direction, text in (
        ("320 px", 320, "ltr", "100"),
        ("320 px from right to left", 320, "rtl", "100"),
        ("twice the size", 390, "ltr", "200"),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        with seen(page, text=text):
            before = page.evaluate(
                "(to) => { const was = document.documentElement.dir; document.documentElement.dir = to; return was }",
                direction,
            )
            wide = page.evaluate("document.documentElement.scrollWidth")
            page.evaluate("(to) => { document.documentElement.dir = to }", before)
        if wide > width:
            yield f"{name}: {wide} px wide"
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # width and height


def test_every_page_can_be_used_by_everybody(visit: Visit) -> None:
    faults: list[str] = []
    met = set()
    for place in walk(visit):
        met.add(place.route)
        if place.route == "style-guide":
            continue  # tests/ui/test_browser.py looks at it in twelve ways
        found = [*violations(place.page), *too_wide(place.page)]
        if place.page.get_by_role("heading", name="Something broke").count():
            found.append("broke on our side")
        faults += [f"{place.name} {fault}" for fault in found]

    assert not faults, "\n".join(faults)
    assert routes() - met - NO_PAGE == set()
    assert NO_PAGE - routes() == set()
