"""People at the door: one with an address of her own, and a couple that shares one."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from tests.accounts.door import NOW


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """The library counts tries of second steps in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def maria(db: None) -> Account:
    return make_account(name="Maria Weber", email="maria@north.example", language="en", now=NOW)


@pytest.fixture
def couple(db: None) -> tuple[Account, Account]:
    anna = make_account(name="Anna Roth", email="roth@north.example", now=NOW)
    return anna, make_account(name="Karl Roth", email="roth@north.example", now=NOW)


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def elsewhere() -> Client:
    """Another browser, as on the phone that reads the mail."""
    return Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1")
