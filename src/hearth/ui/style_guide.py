"""Sample data for the style guide: every component in every state. English only, since builders read it, not members."""

from typing import Any


def samples() -> dict[str, Any]:
    """The context of the style-guide page."""
    return {}
