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


class Step(models.TextChoices):
    """The steps of a workshop, in their order."""

    ARRIVE = "arrive", _("Arrive")
    WRITE = "write", _("Write")
    READ = "read", _("Read")
    GROUP = "group", _("Put together")
    FEEL = "feel", _("Feel")
    LADDER = "ladder", _("Ask why")
    PROPOSE = "propose", _("Two proposals")
    ANSWER = "answer", _("Answer")
    ADOPT = "adopt", _("Adopt")


class Meeting(models.TextChoices):
    """How the people of a workshop come together."""

    LIVE = "live", _("We meet: everybody has the page open at the same time")
    APART = "apart", _("We do not meet: each takes part when it suits, over about two weeks")


class Part(models.TextChoices):
    """The part of the statement for which somebody wrote."""

    WHO = "who", _("Who")
    WHAT = "what", _("What")
    WHY = "why", _("Why")


class Side(models.TextChoices):
    """For whom a person of the workshop answers."""

    MEMBER = "member", _("As a member")
    STAFF = "staff", _("As somebody who works for the organisation")
    BOTH = "both", _("As both")


class Warmth(models.TextChoices):
    """How something feels to one person."""

    WARM = "warm", _("Warm")
    NEARLY = "nearly", _("Nearly")
    COLD = "cold", _("Cold")
    NOT_ME = "not_me", _("Not me")


class Speaks(models.TextChoices):
    """Whether a sentence speaks to somebody."""

    YES = "yes", _("Yes")
    NEARLY = "nearly", _("Nearly")
    NOT_YET = "not_yet", _("Not yet")
