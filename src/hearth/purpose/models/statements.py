"""The adopted statement, its versions and its translations."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.purpose.enums import Check, Way
from hearth.purpose.parts import MOST_SENTENCE, MOST_WHAT, MOST_WHO, MOST_WHY, Parts


class _Words(models.Model):
    """The parts in one language, and the sentence as it is shown (it may have been smoothed by hand)."""

    language = models.CharField(max_length=12)
    who = models.CharField(max_length=MOST_WHO)
    what_1 = models.CharField(max_length=MOST_WHAT)
    what_2 = models.CharField(max_length=MOST_WHAT)
    what_3 = models.CharField(max_length=MOST_WHAT)
    why = models.CharField(max_length=MOST_WHY)
    sentence = models.CharField(max_length=MOST_SENTENCE)

    class Meta:
        abstract = True

    @property
    def parts(self) -> Parts:
        """The parts together."""
        return Parts(self.who, (self.what_1, self.what_2, self.what_3), self.why)


class Statement(PublicModel, TenantModel, _Words):
    """One version of a community's purpose, as it was adopted. The one with the highest number holds.

    number counts from 1; its unique key lets one of two win who adopt at the same moment. recheck_at is when the yearly
    re-check is proposed; rechecked_at is when a steward last said that it still speaks to them.
    """

    number = models.PositiveIntegerField()
    way = models.CharField(max_length=12, choices=Way.choices)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    recheck_at = models.DateTimeField()
    rechecked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="statement_number")]

    def __str__(self) -> str:
        return self.sentence


class StatementText(TenantModel, _Words):
    """A translation of a statement, with its status."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="texts")
    status = models.CharField(max_length=8, choices=Check.choices, default=Check.DRAFT)
    written_by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    checked_by = models.ForeignKey("members.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="statement_language"),
            models.CheckConstraint(
                condition=models.Q(status="draft", checked_at=None)
                | models.Q(status="checked", checked_at__isnull=False),
                name="checked_has_a_time",
            ),
        ]


class TookPart(TenantModel):
    """Somebody who took part in finding a statement. `named`: agreed to be named beside it."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="took_part")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    named = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "member"], name="took_part_once")]
