"""What a community is, for files: its logo is seen by everyone."""

from collections.abc import Collection
from typing import Any

from hearth.core.subjects import Subject
from hearth.core.tenancy import current_community

KIND = "community"


def _path(_community_id: int) -> str:
    return ""


def _visible(_member: Any, communities: Collection[int]) -> set[int]:
    return {current_community().pk} & set(communities)


COMMUNITY = Subject(kind=KIND, path=_path, visible=_visible)
