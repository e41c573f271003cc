"""Guards that ask pages do it in worlds of their own."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_ground(settings: Any, tmp_path: Path) -> None:
    """Files go to the test's own folder; what the library counts in memory begins anew."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.COMMUNITY_MEMORY_SECONDS = 0
    cache.clear()
