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


class Place(models.TextChoices):
    """The two mail accounts there can be: the one that is being tried, and the one by which mails go."""

    TRIAL = "trial", _("Being tried")
    USED = "used", _("In use")


class Security(models.TextChoices):
    """How the line to a mail server is kept from listeners. AUTO: not known yet, the test finds it out."""

    AUTO = "auto", _("Not known yet")
    TLS = "tls", "TLS"
    STARTTLS = "starttls", "STARTTLS"
    NONE = "none", _("None")


class TrialState(models.TextChoices):
    """Where a test of sending stands."""

    ASKED = "asked", _("Begins in a moment")
    RUNNING = "running", _("Being tried")
    WAITING = "waiting", _("Will be tried again")
    DONE = "done", _("Done")


class Found(models.TextChoices):
    """What came of one thing that was looked at."""

    RIGHT = "right", _("Right")
    WRONG = "wrong", _("Not right yet")
    UNKNOWN = "unknown", _("Not known")
    OTHERS = "others", _("Not yours to look after")
