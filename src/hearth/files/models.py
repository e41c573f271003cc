"""Files that people bring: what they are, who may see them, and what they show."""

from django.db import models
from django.db.models import Q

from hearth.core.models import PublicModel, TenantModel
from hearth.files.limits import THUMBNAIL_SIDE


class File(PublicModel, TenantModel):
    """One stored file. It is seen by whoever may see its subject; without one, only by the member who brought it.

    digest is the SHA-256 of what is stored, which is also its place in the folder; width and height are of pictures only.
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
    described_by_id = models.BigIntegerField(null=True, blank=True)
    described_at = models.DateTimeField(null=True, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__isnull=True)
                | (Q(is_decoration=True) & Q(wants_description=False) & Q(description=""))
                | (Q(is_decoration=False) & Q(wants_description=True) & Q(description=""))
                | (Q(is_decoration=False) & Q(wants_description=False) & ~Q(description="")),
                name="picture_has_one_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "digest"], name="file_by_digest"),
            models.Index(fields=["community", "owner_id"], name="file_by_owner"),
            models.Index(fields=["subject_kind", "subject_id"], name="file_by_subject"),
            models.Index(
                fields=["community", "stored_at", "id"],
                name="file_to_describe",
                condition=Q(wants_description=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture that we made ourselves from what was brought."""
        return self.width is not None

    @property
    def small_size(self) -> tuple[int, int]:
        """Width and height of the small version of a picture; nothing for other files."""
        width, height = self.width or 0, self.height or 0
        scale = min(1.0, THUMBNAIL_SIDE / max(width, height, 1))
        return round(width * scale), round(height * scale)

    @property
    def is_sound(self) -> bool:
        """Whether it is a sound recording."""
        return self.content_type.startswith("audio/")
