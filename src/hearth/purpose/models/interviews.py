"""The interview: one person, one question a page, and the why ladder."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.purpose.enums import Ending
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY, Parts


class Interview(PublicModel, TenantModel):
    """A search for the purpose by one person, or by one who is helped. What is written is kept at once.

    helper: somebody who may read it and write in it too. why is the last rung that was chosen as the WHY.
    """

    led_by = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    helper = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=12)
    who = models.CharField(max_length=MOST_WHO, blank=True)
    what_1 = models.CharField(max_length=MOST_WHAT, blank=True)
    what_2 = models.CharField(max_length=MOST_WHAT, blank=True)
    what_3 = models.CharField(max_length=MOST_WHAT, blank=True)
    why = models.CharField(max_length=MOST_WHY, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, default=Ending.OPEN)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "led_by"],
                condition=models.Q(ending="open"),
                name="one_open_interview",
            )
        ]

    @property
    def parts(self) -> Parts:
        """What has been written so far."""
        return Parts(self.who, (self.what_1, self.what_2, self.what_3), self.why)


class Rung(TenantModel):
    """One step of the why ladder: an answer to "why does that matter?". position counts from 1."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=MOST_WHY)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "position"], name="rung_position")]
