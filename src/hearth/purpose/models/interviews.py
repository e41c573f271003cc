"""The interview: one person, one question a page, and the why ladder."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.purpose.enums import Ending, Speaks, Way
from hearth.purpose.parts import Parts


class Interview(PublicModel, TenantModel):
    """A search for the purpose by one person, or by one who is helped. What is written is kept at once, also what is too
    long to be adopted.

    helper: somebody who may read it and write in it too. typed_by: the last other person who wrote in it. why is the rung
    that was chosen as the WHY. sentence is empty until it was smoothed by hand; smoothed_from is what it was made from.
    typed_on says, for each part, which open page wrote it last: words of one page never overwrite another's unseen.
    """

    led_by = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    helper = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    typed_by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.INTERVIEW)
    language = models.CharField(max_length=12)
    who = models.TextField(blank=True)
    what_1 = models.TextField(blank=True)
    what_2 = models.TextField(blank=True)
    what_3 = models.TextField(blank=True)
    why = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    smoothed_from = models.TextField(blank=True)
    speaks_to_organisation = models.CharField(max_length=8, choices=Speaks.choices, blank=True)
    speaks_to_members = models.CharField(max_length=8, choices=Speaks.choices, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, default=Ending.OPEN)
    typed_on = models.JSONField(default=dict)
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
    words = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "position"], name="rung_position")]
