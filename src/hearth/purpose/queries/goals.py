"""The goals: those that hold, and how they were worded before."""

from hearth.communities.models import Community
from hearth.purpose.models import Goal


def goals(community: Community) -> list[Goal]:
    """Return the goals that hold, in their places (one query): three, or none where no purpose was adopted."""
    return list(Goal.objects.filter(community=community, ended_at=None).order_by("place"))
