"""Choices of spaces."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Who finds a space and who may read in it."""

    OPEN = "open", _("Open: every member can read and join")
    CLOSED = "closed", _("Closed: everybody knows of it, its members read")
    HIDDEN = "hidden", _("Hidden: only its members know of it")
