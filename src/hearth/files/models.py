"""Files that people bring: what they are, who may see them, and what they show."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel


class File(PublicModel, TenantModel):
    """One stored file. It is seen by whoever may see its subject; without one, only by the member who brought it.

    description says what a picture shows; is_decoration and wants_description are the two other honest answers (ATAG B.2.3).
    """

    owner_id = models.BigIntegerField(null=True, blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    description = models.CharField(max_length=500, blank=True)
    is_decoration = models.BooleanField(default=False)
    wants_description = models.BooleanField(default=False)
    stored_at = models.DateTimeField()
