"""Choices of members."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """How a person stands to a community."""

    ACTIVE = "active", _("Member")
    GUEST = "guest", _("Guest")
    LEFT = "left", _("Former member")


class Role(models.TextChoices):
    """What a member does for the community; each is a column `is_<role>` of Member."""

    STEWARD = "steward", pgettext_lazy("role", "Steward")
    MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
    HOST = "host", pgettext_lazy("role", "Host")
    GREETER = "greeter", pgettext_lazy("role", "Greeter")
    EXPERT = "expert", pgettext_lazy("role", "Expert")
    VOLUNTEER = "volunteer", pgettext_lazy("role", "Volunteer")


class ReachBy(models.TextChoices):
    """How a member likes to be reached."""

    EMAIL = "email", _("by e-mail")
    TEXT = "text", _("by text message")
    POST = "post", _("by post")
    PHONE = "phone", _("by phone")


class InvitationState(models.TextChoices):
    """Where an invitation stands. Prepared ones were sent to nobody; only open ones can be answered."""

    PREPARED = "prepared", pgettext_lazy("invitation", "Not sent yet")
    OPEN = "open", pgettext_lazy("invitation", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Came in")
    DECLINED = "declined", pgettext_lazy("invitation", "Said no, thank you")
    TAKEN_BACK = "taken_back", pgettext_lazy("invitation", "Taken back")
