"""The goals: those that hold, in the reader's language, and which of them get new words."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.communities.models import Community
from hearth.core.errors import NotFound
from hearth.core.text import fold
from hearth.purpose.enums import Check
from hearth.purpose.models import Goal, StatementText


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal as a reader sees it, standing alone: in the reader's language where a checked translation is there."""

    pk: int
    public_id: str
    place: int
    words: str
    language: str


def goals(community: Community) -> list[Goal]:
    """Return the goals that hold, in their places (one query): three, or none where no purpose was adopted."""
    return list(Goal.objects.filter(community=community, ended_at=None).order_by("place"))


def goals_for_reader(community: Community) -> list[ShownGoal]:
    """Return the goals that hold as this reader sees them, in their places (one query, two where they are translated)."""
    there = goals(community)
    wanted = community.purpose_language
    translated = _translated(community, wanted) if there and there[0].language != wanted else None
    return [_shown(goal, translated) for goal in there]


def goal_by_id(public_id: str) -> Goal | None:
    """Return a goal that holds by its public id, None for an empty one; NotFound for any other."""
    if not public_id:
        return None
    found = Goal.objects.filter(public_id=public_id.replace("\0", ""), ended_at=None).first()
    if found is None:
        raise NotFound("")
    return found


def _translated(community: Community, language: str) -> StatementText | None:
    rows = StatementText.objects.filter(community=community, language=language, status=Check.CHECKED)
    return rows.order_by("-statement__number").first()


def _shown(goal: Goal, text: StatementText | None) -> ShownGoal:
    words = text.parts.whats[goal.place - 1] if text else goal.words
    language = text.language if text else goal.language
    words = words[:1].upper() + words[1:]
    return ShownGoal(goal.pk, goal.public_id, goal.place, words, language)


def goals_in_new_words(community: Community, whats: Sequence[str]) -> list[tuple[Goal, str]]:
    """Return the goals that hold whose place gets other words, with these: each may go on in them, or end (one query).

    A goal whose words stand anywhere among the new ones goes on by itself.
    """
    new = {fold(what) for what in whats}
    there = goals(community)
    old = {fold(goal.words) for goal in there}
    return [
        (goal, whats[goal.place - 1])
        for goal in there
        if fold(goal.words) not in new and fold(whats[goal.place - 1]) not in old
    ]
