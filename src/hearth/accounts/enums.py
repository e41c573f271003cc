"""Choices of accounts."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    """How an account can be reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")


class ChallengeKind(models.TextChoices):
    """What a challenge is for."""

    SIGN_IN = "sign_in", _("To sign in")
    CONFIRM = "confirm", _("To show once more who it is")
    OPERATOR = "operator", _("A link made on the server by the operator")


class Answer(Enum):
    """How a code or a link was found."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED = "used"
    TOO_OFTEN = "too_often"
    OTHER_BROWSER = "other_browser"
