"""What a member is, for files: a photo is seen by whoever may see the person."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from hearth.core.subjects import Subject
from hearth.members import policy
from hearth.members.queries import public_id_of

if TYPE_CHECKING:
    from hearth.members.models import Member


def _path(member_id: int) -> str:
    return f"people/{public_id_of(member_id)}/"


def _visible(member: "Member | None", people: Collection[int]) -> set[int]:
    return set(policy.visible_people(member).filter(pk__in=people).values_list("pk", flat=True))


MEMBER = Subject(kind="member", path=_path, visible=_visible)
