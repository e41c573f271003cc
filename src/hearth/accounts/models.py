"""A person's sign-in. The account may be absent: a member who takes part by post has none."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from hearth.accounts.enums import ContactKind
from hearth.core.models import PublicModel


class Account(PublicModel, AbstractBaseUser):
    """One person's sign-in. There is no password: an e-mail or a text message opens the door (security.md, table 2).

    email is where sign-in mails go; two people may share one address, so it is not unique.
    """

    email = models.EmailField(max_length=254, blank=True, db_index=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """An address or number at which an account can be reached and signed in; value is folded (see `accounts.actions`)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    value = models.CharField(max_length=254, db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "value"], name="contact_point_once"),
        ]
