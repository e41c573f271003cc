"""A person's sign-in. The account may be absent: a member who takes part by post has none."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import models

from hearth.accounts.enums import ChallengeKind, ContactKind
from hearth.core.models import PublicModel


def no_password() -> str:
    """Return a value that no password fits; sessions are tied to it, so that a new one ends them all."""
    return make_password(None)


class Account(PublicModel, AbstractBaseUser):
    """One person's sign-in. There is no password: an e-mail or a text message opens the door (security.md, table 2).

    email is where sign-in mails go; two people may share one address, so it is not unique.
    """

    password = models.CharField(max_length=128, default=no_password, editable=False)
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

    def has_usable_password(self) -> bool:
        """Nobody has a password here, however the row was made."""
        return False


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


class SignInChallenge(PublicModel):
    """Somebody asked to sign in: one link and one code, of which the first that is used ends both.

    It belongs to the deployment, since one account serves several communities; community only says where it was asked.
    Code and link follow from public_id and the secret key (`accounts.codes`) and are stored nowhere. browser_hash is all
    that is kept of the browser's cookie. address is what was typed, folded; account is set where only one may come in.
    """

    kind = models.CharField(max_length=8, choices=ChallengeKind.choices, default=ChallengeKind.SIGN_IN)
    address = models.CharField(max_length=254)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(
        "communities.Community", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    browser_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12)
    next_path = models.CharField(max_length=500, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["browser_hash", "-asked_at"], name="challenge_of_browser")]
