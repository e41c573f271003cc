"""Choices of purpose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a statement was found."""

    INTERVIEW = "interview", _("Found in an interview")
    WORKSHOP = "workshop", _("Found together in a workshop")
    WRITTEN = "written", _("Written down as it was")


class Check(models.TextChoices):
    """How far a translation is."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked by a person")


class Ending(models.TextChoices):
    """What became of an interview."""

    OPEN = "open", _("Going on")
    ADOPTED = "adopted", _("Adopted")
    SET_ASIDE = "set_aside", _("Set aside")
