"""One community in whose scope each test stands."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def cast(db: None) -> Iterator[Any]:
    # Inner imports: this file is read before Django is ready when its folder is named on the command line.
    from hearth.core.tenancy import tenant
    from tests.people import build

    made = build("north")
    with tenant(made.community):
        yield made
