"""The words at the top of every page. `config` fills them in: the shell itself knows no feature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from hearth.ui.addresses import address


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a word leads: a route without arguments. `front` marks the page beneath which all others lie.

    `shown_to` says for which requests the word stands there; None for all.
    """

    label: str | Promise
    route: str
    icon: str
    front: bool = False
    shown_to: Callable[[HttpRequest], bool] | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place as one page shows it."""

    label: str
    url: str
    icon: str
    current: bool


class _Places:
    community: Sequence[Place] = ()
    signed_in: Sequence[Place] = ()
    signed_out: Sequence[Place] = ()
    purpose: str = ""


def fill(
    *,
    community: Sequence[Place],
    signed_in: Sequence[Place] = (),
    signed_out: Sequence[Place] = (),
    purpose: str = "",
) -> None:
    """Sets all places: the words inside a community, those in the corner of a known or unknown person, and the route to
    which the purpose at the foot of a page leads."""
    _Places.community, _Places.signed_in, _Places.signed_out = community, signed_in, signed_out
    _Places.purpose = purpose


def purpose_address() -> str:
    """The page of the purpose; empty where none was filled in."""
    return address(_Places.purpose) if _Places.purpose else ""


def main_items(request: HttpRequest) -> list[NavItem]:
    """The words for the community of this request; none on pages of the network."""
    if getattr(request, "community", None) is None:
        return []
    return [_item(place, request.path) for place in _Places.community]


def corner_items(request: HttpRequest) -> list[NavItem]:
    """What leads to one's own account, or to the way in."""
    known = getattr(request, "account", None) is not None
    places = _Places.signed_in if known else _Places.signed_out
    return [
        _item(place, request.path) for place in places if place.shown_to is None or place.shown_to(request)
    ]


def _item(place: Place, path: str) -> NavItem:
    url = address(place.route)
    current = path == url if place.front else path.startswith(url)
    return _shown(place, url, current, get_language())


@lru_cache(maxsize=4096)
def _shown(place: Place, url: str, current: bool, _language: str | None) -> NavItem:
    # The language is part of the key only: a label speaks the active one.
    return NavItem(label=str(place.label), url=url, icon=place.icon, current=current)
