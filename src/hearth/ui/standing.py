"""A notice that stands on every page for those whom it concerns. `config` fills it in: the shell knows no feature."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Standing:
    """What is the case, and the way to change it (both empty where this reader can only know)."""

    words: str
    label: str = ""
    href: str = ""


class _Rule:
    asked: Callable[[HttpRequest], Standing | None] | None = None


def fill(*, asked: Callable[[HttpRequest], Standing | None]) -> None:
    """Set who says what stands on a page. It is asked once a page, so it must cost nothing for most readers."""
    _Rule.asked = asked


def standing_on(request: HttpRequest) -> Standing | None:
    """Return the notice for the reader of this page."""
    return _Rule.asked(request) if _Rule.asked else None
