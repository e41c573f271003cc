"""The files of the sample network, read as they are."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "sample"


def network() -> dict[str, Any]:
    """Return the umbrella: its name, staff and operator."""
    return _read(FOLDER / "network.json")


def communities() -> list[str]:
    """Return the path names of the sample communities, the largest first."""
    found = sorted(
        path.name for path in (FOLDER / "communities").iterdir() if (path / "people.json").exists()
    )
    return sorted(found, key=lambda slug: -len(people(slug)))


def community(slug: str) -> dict[str, Any]:
    """Return one community's own file."""
    return _read(FOLDER / "communities" / slug / "community.json")


def people(slug: str) -> list[dict[str, Any]]:
    """Return a community's cast."""
    found: list[dict[str, Any]] = _read(FOLDER / "communities" / slug / "people.json")["people"]
    return found


def spaces(slug: str) -> list[dict[str, Any]]:
    """Return a community's spaces in their order."""
    found: list[dict[str, Any]] = _read(FOLDER / "communities" / slug / "spaces.json")["spaces"]
    return found


def topics(slug: str, space: str) -> list[dict[str, Any]]:
    """Return the conversations of a space, the oldest first; none where nobody has spoken yet."""
    path = FOLDER / "communities" / slug / "topics" / f"{space}.json"
    found: list[dict[str, Any]] = _read(path)["topics"] if path.exists() else []
    return found


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
