"""Choices of conversations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """The way by which somebody's words arrived."""

    WEB = "web", _("on this page")
    EMAIL = "email", _("by e-mail")
    PHONE = "phone", _("by phone")
    POST = "post", _("by post")
    IMPORT = "import", _("from an older archive")


class Format(models.TextChoices):
    """How the source of a post is written."""

    TEXT = "text", _("Plain text")
    HTML = "html", _("Formatted text")
