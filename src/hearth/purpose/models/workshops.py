"""The workshop: many people find the purpose together, step by step, and who is in it."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.purpose.enums import Ending, Meeting, Side, Step


class Workshop(PublicModel, TenantModel):
    """A search for the purpose by many. The facilitator moves it from step to step; no time runs out.

    facilitator is empty while nobody leads. away_since: the facilitator's page has not been heard from since. opened_at is
    when the step began; hoped_until only proposes a date. learned: why the round before was not the last.
    """

    facilitator = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    meeting = models.CharField(max_length=5, choices=Meeting.choices)
    language = models.CharField(max_length=12)
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.ARRIVE)
    round = models.PositiveSmallIntegerField(default=1)
    rung = models.PositiveSmallIntegerField(default=1)
    ending = models.CharField(max_length=10, choices=Ending.choices, default=Ending.OPEN)
    statement = models.ForeignKey(
        "purpose.Statement", null=True, on_delete=models.SET_NULL, related_name="workshops"
    )
    began_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    hoped_until = models.DateField(null=True)
    seen_at = models.DateTimeField()
    away_since = models.DateTimeField(null=True)
    learned = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=models.Q(ending="open"), name="one_open_workshop"
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still going on."""
        return self.ending == Ending.OPEN

    @property
    def key(self) -> str:
        """What open pages of the people in it wait for (`core.live`)."""
        return f"workshop:{self.public_id}"

    @property
    def lead_key(self) -> str:
        """What the facilitator's open page waits for: all of the others', and more."""
        return f"{self.key}:lead"


class Seat(TenantModel):
    """Somebody's place in a workshop: invited, and arrived once there is a time.

    side: for whom this person answers. named: may be named beside the statement. wants_time: asked for more
    time in this step.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices, blank=True)
    line = models.CharField(max_length=160, blank=True)
    named = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    wants_time = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "member"], name="seat_once"),
            models.CheckConstraint(
                condition=models.Q(arrived_at=None) | ~models.Q(side=""), name="arrived_has_a_side"
            ),
        ]
