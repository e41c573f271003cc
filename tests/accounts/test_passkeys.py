"""A passkey in a real browser: made, used at the door, used as the second step; and what is there without scripts."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright

from hearth.accounts import policy
from hearth.accounts.models import Account
from tests.accounts.door import code_in_mail, come_in, newest

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        yield chromium.new_context(locale="en-GB")
        chromium.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page on a device that can make passkeys; whatever the content security policy blocks fails the test."""
    page = context.new_page()
    page.on("console", lambda said: pytest.fail(said.text) if "Content Security" in said.text else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_made_and_opens_the_door(page: Page, maria: Account, live_server) -> None:
    # A passkey belongs to a name, and an address of numbers is none.
    site = live_server.url.replace("127.0.0.1", "localhost")
    _come_in_by_code(page, site, maria)
    page.goto(f"{site}/account/passkeys/add/")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(f"{site}/account/second-step/codes/")
    assert policy.has_second_step(maria)
    _sign_out(page, site)

    page.goto(f"{site}/sign-in/?next=/account/devices/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{site}/account/devices/")
    _sign_out(page, site)

    _come_in_by_code(page, site, maria)
    page.wait_for_url(f"{site}/sign-in/second-step/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/account/second-step/")
    assert page.get_by_text("Last used on").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_of_nobody_is_refused_kindly(page: Page, maria: Account, live_server) -> None:
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{site}/sign-in/")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("That did not work.").wait_for()
    assert page.url == f"{site}/sign-in/"


def test_without_scripts_passkeys_stay_out_of_the_way(browser: Client, maria: Account) -> None:
    page = browser.get("/sign-in/").content.decode()
    assert page.index('data-passkey="get"') < page.index(" hidden>", page.index('data-passkey="get"'))
    come_in(browser, maria)
    page = browser.get("/account/passkeys/add/").content.decode()
    assert "An app with codes does the same." in page
    assert 'href="/account/second-step/app/"' in page


def _come_in_by_code(page: Page, site: str, account: Account) -> None:
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Your e-mail address").fill(account.email)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The 6 characters").fill(code_in_mail(newest()))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/code/" not in url)


def _sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account/")
    page.get_by_role("button", name="Sign out on this device").click()
    page.wait_for_url(f"{site}/signed-out/")
