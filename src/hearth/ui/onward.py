"""The way back to something longer that a person interrupted to do one part of it. `config` fills it in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Onward:
    """What one goes on with, and where."""

    label: str
    href: str


class _Rule:
    asked: Callable[[HttpRequest], Onward | None] | None = None


def fill(*, asked: Callable[[HttpRequest], Onward | None]) -> None:
    """Set who knows what a person is in the middle of. It is asked once a page, so it must cost nothing for most."""
    _Rule.asked = asked


def onward_from(request: HttpRequest) -> Onward | None:
    """Return the way on from this page; None where the person is in the middle of nothing."""
    return _Rule.asked(request) if _Rule.asked else None
