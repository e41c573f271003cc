"""Takes every page on phone and desktop, light and dark: `python -m tests.journeys.pictures FOLDER [PART OF A NAME]`."""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import Page

from tests.journeys.browsing import DESKTOP, PHONE, Visit, started_browser
from tests.journeys.house import House, open_house

HIGHEST = 4000
SIZES = {"phone": PHONE, "desktop": DESKTOP}


def take_all(into: Path, only: str, *, house: House, browser_path: str) -> int:
    """Take the pictures of all pages, or of those whose name holds `only`; return how many."""
    from tests.journeys.places import walk

    into.mkdir(parents=True, exist_ok=True)
    taken = 0
    with started_browser(browser_path) as browser:
        for place in walk(Visit(browser, house)):
            if only in place.name:
                taken += _take(place.page, into, place.name)
                print(f"  {place.name}", flush=True)
    return taken


def _take(page: Page, into: Path, name: str) -> int:
    for device, size in SIZES.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        # As high as the page, so that what stands at the lower edge of a screen does not cover the middle.
        height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
        page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=into / f"{name}-{device}-{scheme}.png")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # width and height
    page.emulate_media(color_scheme="light")
    return 2 * len(SIZES)


def main(into: str, only: str = "") -> None:
    """Open a house with the sample network, take the pictures, say where they are."""
    django.setup()
    folder = Path(into)
    print("A fresh sample network opens for the pictures.", flush=True)
    with open_house() as house:
        taken = take_all(folder, only, house=house, browser_path=os.environ["CHROMIUM"])
    print(f"{taken} pictures are in {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
