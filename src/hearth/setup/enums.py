"""Choices of the first run."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What a community begins with, in this order. The first five are the questions; the others can wait or be left out."""

    NAME = "name", _("The name of your organisation")
    YOU = "you", _("Your name and e-mail")
    LANGUAGES = "languages", _("Your languages")
    PURPOSE = "purpose", _("Find your purpose")
    INVITE = "invite", _("Invite the first people")
    SPACE = "space", _("Open a first space")
    LETTER = "letter", _("Write a welcome letter")
    EMAIL = "email", _("Set up e-mail")
    PLACE = "place", _("Say where you are and who helps")
    FACE = "face", _("Add your logo and colour")


QUESTIONS = (Step.NAME, Step.YOU, Step.LANGUAGES, Step.PURPOSE, Step.INVITE)
BEFORE_THE_PLACE = (Step.NAME, Step.YOU, Step.LANGUAGES)
IN_THE_PLACE = tuple(step for step in Step if step not in BEFORE_THE_PLACE)
"""The steps inside a community that is there already."""
