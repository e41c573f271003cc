"""What a thing is, told by its feature to the platform, so that search, files and notices never import a feature."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing people can point to. `member` is the reader or None; `pk` the row's inner key.

    path: its address inside the community. visible: which of these the reader may read, in one query.
    """

    kind: str
    path: Callable[[int], str]
    visible: Callable[[Any, Collection[int]], set[int]]

    def can_see(self, member: Any, pk: int) -> bool:
        """Say whether the reader may read this one."""
        return pk in self.visible(member, [pk])


_SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind known; `config.subjects` calls this once per kind at start."""
    _SUBJECTS[subject.kind] = subject


def subject(kind: str) -> Subject:
    """Return the subject of this kind; KeyError when no feature registered it."""
    return _SUBJECTS[kind]
