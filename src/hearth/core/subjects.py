"""What a thing is, told by its feature to the platform, so that search, files and notices never import a feature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing people can point to. `member` is the reader or None; `pk` the row's inner key.

    path: its address inside the community. can_see: whether this reader may read it.
    """

    kind: str
    path: Callable[[int], str]
    can_see: Callable[[Any, int], bool]


_SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind known; `config.subjects` calls this once per kind at start."""
    _SUBJECTS[subject.kind] = subject


def subject(kind: str) -> Subject:
    """Return the subject of this kind; KeyError when no feature registered it."""
    return _SUBJECTS[kind]
