"""The beginning of a community, kept at each answer, so that it can be left and taken up again."""

from django.db import models

from hearth.core.models import PublicModel
from hearth.setup.enums import BEFORE_THE_PLACE, Step


class Beginning(PublicModel):
    """The answers of the first run. The community is there once name, person and languages are known.

    put_off: steps of which the steward said "later" or "not at all"; they stay open to be done.
    """

    name = models.CharField(max_length=120, blank=True)
    steward = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    languages = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True)
    community = models.OneToOneField(
        "communities.Community", null=True, on_delete=models.CASCADE, related_name="+"
    )
    founder = models.ForeignKey("accounts.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    letter = models.ForeignKey("conversations.Topic", null=True, on_delete=models.SET_NULL, related_name="+")
    put_off = models.JSONField(default=list)
    began_at = models.DateTimeField()

    @property
    def next_question(self) -> Step | None:
        """The first question before the place that has no answer yet; None once all three have one."""
        answers = {Step.NAME: self.name, Step.YOU: self.steward, Step.LANGUAGES: self.languages}
        return next((step for step in BEFORE_THE_PLACE if not answers[step]), None)
