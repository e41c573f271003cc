"""Base models: a tenant key that cannot be forgotten, public ids, and one-time form tokens."""

from typing import ClassVar, Self

from django.db import models
from django_scopes import ScopedManager

from hearth.core.ids import LENGTH, new_id


class PublicModel(models.Model):
    """A row that people can point to by an address which tells nothing."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class TenantModel(models.Model):
    """A row that belongs to one community. Reading it outside `tenancy.tenant(…)` raises ScopeError."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(community="community")

    class Meta:
        abstract = True


class NetworkOrTenantModel(models.Model):
    """A row of one community, or of the whole deployment where `community` is empty (a sign-in, its mail)."""

    community = models.ForeignKey(
        "communities.Community", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects: ClassVar[models.Manager[Self]] = ScopedManager(community="community")

    class Meta:
        abstract = True


class FormToken(models.Model):
    """A form that was sent once. The unique token makes a repeated POST find its first answer (see `core.once`)."""

    token = models.CharField(max_length=80, primary_key=True)
    result = models.CharField(max_length=400)
    used_at = models.DateTimeField(db_index=True)


class RateWindow(models.Model):
    """How often something was tried in one stretch of time (see `core.rates`)."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)


class LiveNumber(models.Model):
    """How often something changed that open pages wait for (see `core.live`)."""

    key = models.CharField(max_length=80, primary_key=True)
    number = models.BigIntegerField()
    touched_at = models.DateTimeField(db_index=True)
