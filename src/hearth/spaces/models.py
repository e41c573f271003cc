"""Rooms of a community and the people in them."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.spaces.enums import Access


class Space(PublicModel, TenantModel):
    """A room with a purpose of its own. topic_count is kept by the actions that start topics (real pages need it)."""

    slug = models.SlugField(max_length=50)
    name = models.CharField(max_length=80)
    purpose_line = models.CharField(max_length=240, blank=True)
    guidelines = models.TextField(blank=True)
    access = models.CharField(max_length=8, choices=Access.choices, default=Access.OPEN)
    goal = models.ForeignKey(
        "purpose.Goal", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)
    topic_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "slug"], name="space_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> str:
        """What search rows call the readers of this space."""
        return f"space:{self.pk}"


class SpaceMember(TenantModel):
    """A member in a space. `follows`: new topics come to the member; `is_host`: looks after the room."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="space_members")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    is_host = models.BooleanField(default=False)
    follows = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="space_member_once")]
