"""People at the door: one with an address of her own, and a couple that shares one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from hearth.accounts.models import Account

# This file may be read before Django is ready, so nothing of it is imported at the top.


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """The library counts tries of second steps in the cache, which outlives a test."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def maria(db: None) -> Account:
    """A person with an address of her own."""
    return _account("Maria Weber", "maria@north.example")


@pytest.fixture
def couple(db: None) -> tuple[Account, Account]:
    """Two people who share one address."""
    return _account("Anna Roth", "roth@north.example"), _account("Karl Roth", "roth@north.example")


@pytest.fixture
def browser() -> Client:
    """A browser that has never been here."""
    from django.test import Client

    return Client()


@pytest.fixture
def elsewhere() -> Client:
    """Another browser, as on the phone that reads the mail."""
    from django.test import Client

    return Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1")


def _account(name: str, email: str) -> Account:
    from hearth.accounts.actions import make_account
    from tests.accounts.door import NOW

    return make_account(name=name, email=email, language="en", now=NOW)
