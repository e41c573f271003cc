"""What a person does in a browser: open it on a device, come in, wait for an e-mail."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.house import House

OPERATOR = "Henk Oosterhuis"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@contextmanager
def started_browser(path: str) -> Iterator[Browser]:
    """Start Chromium once; as root it runs only without its sandbox."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """One device of one person, in one house. Without `scripts` it runs no JavaScript."""

    browser: Browser
    house: House

    def device(self, *, who: str = "", scripts: bool = True, language: str = "en", **more: Any) -> Page:
        """Open a browser of its own; `who` comes in by the sample door, as whoever bears this name."""
        context = self.browser.new_context(
            base_url=self.house.url,
            java_script_enabled=scripts,
            locale=language,
            reduced_motion="reduce",
            **({"viewport": DESKTOP} | more),
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        if who:
            self.come_in(page, who)
        return page

    def come_in(self, page: Page, who: str) -> None:
        """Sign in as somebody of the sample. The door is asked directly, so that this takes one request."""
        door = page.request.get("/sample/").text()
        place = door.index(f"{_spelt(who)}</span></span></button>")
        form = door[door.rindex("<form", 0, place) : place]
        fields = dict(re.findall(r'name="(csrfmiddlewaretoken|member|account)" value="([^"]*)"', form))
        answer = page.request.post("/sample/", form=fields, headers={"Referer": f"{self.house.url}/sample/"})
        assert answer.ok, answer.status

    def sign_in(self, page: Page, address: str, home: str) -> None:
        """Sign in by the code of the e-mail, which the operator reads in the outbox."""
        page.goto(f"{home}/sign-in/")
        page.get_by_role("textbox", name="E-mail").fill(address)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("heading", name="Look in your e-mail").wait_for()
        code = code_in(self.mail_to(address, "code"))
        page.get_by_role("textbox").fill(code.lower().replace("-", " "))
        page.get_by_role("button", name="Sign in").click()

    def mail_to(self, address: str, holding: str = "", *, subject: str = "", within: float = 60) -> str:
        """Return the text of the newest mail to this address, as the operator reads it on the outbox page."""
        page = self.device(who=OPERATOR, scripts=False)
        try:
            return self._mail_to(page, address, holding, subject, within)
        finally:
            page.context.close()

    def _mail_to(self, page: Page, address: str, holding: str, subject: str, within: float) -> str:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            page.goto("/operator/outbox/")
            rows = page.locator("main li", has_text=address).filter(has_text=subject)
            for place in range(min(rows.count(), 3)):
                page.goto("/operator/outbox/")
                rows.nth(place).get_by_role("link").first.click()
                text = page.locator(".mail-text").inner_text()
                if holding in text:
                    return text
            time.sleep(0.5)
        raise AssertionError(f"No mail to {address} that holds {holding!r} came into the outbox.")


def _spelt(name: str) -> str:
    return name.replace("'", "&#39;")


def code_in(mail: str) -> str:
    """Return the code for signing in that stands on a line of its own in a mail."""
    found = re.search(r"^\s*([A-Z0-9]{3}[ -]?[A-Z0-9]{3})\s*$", mail, re.MULTILINE)
    assert found, mail
    return found[1]
