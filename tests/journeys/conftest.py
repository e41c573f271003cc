"""One house and one browser for all journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import Visit, started_browser
from tests.journeys.house import House, open_house, server_for_tests


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with open_house(server_for_tests()) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with started_browser(chromium) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Visit]:
    yield Visit(browser, house)
    for context in browser.contexts:
        context.close()
