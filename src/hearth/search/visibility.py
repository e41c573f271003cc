"""What the features tell search: who may come in, which audiences a reader belongs to, how to show what was found.

`config` fills all of it in at start, so that search knows no feature.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Shown:
    """How a found thing is shown: what it is called, its address inside the community, where it stands, who wrote it.

    person_key keeps the colour of the person's mark when the name changes.
    """

    title: str
    path: str
    place: str
    person: str
    person_key: str = ""


Page = Callable[..., HttpResponse]
Audiences = Callable[[HttpRequest], Sequence[str]]
Show = Callable[[Sequence[int]], Mapping[int, Shown]]


@dataclass(slots=True)
class _Installed:
    audiences: Audiences
    shows: Mapping[str, Show]
    door: Callable[[Any], Page]


_installed: list[_Installed] = []


def _open_door(page: Page) -> Page:
    return page


def install(
    audiences: Audiences, shows: Mapping[str, Show], door: Callable[[Any], Page] = _open_door
) -> None:
    """Set the function that names a request's audiences, per kind the one that shows many, and the door of the page."""
    _installed[:] = [_Installed(audiences, shows, door)]


def behind_door(page: Page) -> Page:
    """Return the page behind the door that was installed."""
    return _installed[0].door(page)


def visible_audiences(request: HttpRequest) -> Sequence[str]:
    """Return the audiences whose entries this reader may find."""
    return _installed[0].audiences(request)


def show(keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Shown]:
    """Return how to show each subject, asked for in one call per kind. A subject that is gone is left out."""
    shown: dict[tuple[str, int], Shown] = {}
    for kind, one in _installed[0].shows.items():
        subjects = [subject for its_kind, subject in keys if its_kind == kind]
        if subjects:
            shown |= {(kind, subject): what for subject, what in one(subjects).items()}
    return shown
