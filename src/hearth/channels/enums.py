"""Choices of channels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a delivery stands."""

    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Handed over")
    UNKNOWN = "unknown", _("Not known whether it was handed over")
    DEFERRED = "deferred", _("Will be tried again")
    BOUNCED = "bounced", _("Refused by the other side")
    GIVEN_UP = "given_up", _("Given up")


class Received(models.TextChoices):
    """Where a mail that came in stands."""

    KEPT = "kept", _("Kept, not read yet")
    DONE = "done", _("Done")
    HELD = "held", _("Waits for a person")
    IGNORED = "ignored", _("Automatic mail, left alone")
