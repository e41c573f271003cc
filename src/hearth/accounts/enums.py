"""Choices of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    """How an account can be reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
