"""The goals: the three WHATs, which spaces, gatherings, courses and appeals can name."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.purpose.parts import MOST_WHAT


class Goal(PublicModel, TenantModel):
    """One of the three WHATs. It keeps its row when only its words change, and ends when another takes its place."""

    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=MOST_WHAT)
    language = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(place__in=[1, 2, 3]), name="three_goals"),
            models.UniqueConstraint(
                fields=["community", "place"],
                condition=models.Q(ended_at=None),
                name="one_goal_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class GoalWording(TenantModel):
    """How a goal was worded by one version of the statement: its history."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="wordings")
    statement = models.ForeignKey("purpose.Statement", on_delete=models.CASCADE, related_name="wordings")
    words = models.CharField(max_length=MOST_WHAT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "statement"], name="goal_wording_once")]
