"""One person in one community."""

from django.db import models

from hearth.core.models import PublicModel, TenantModel
from hearth.members.enums import ReachBy, Role, Standing


class Member(PublicModel, TenantModel):
    """A person in a community: with an account, or without one (by post or phone, or a guest from an imported archive)."""

    account = models.ForeignKey(
        "accounts.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=120)
    name_also = models.CharField(max_length=120, blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.ACTIVE)
    about = models.TextField(blank=True, max_length=2000)
    languages = models.JSONField(default=list)
    reach_by = models.CharField(max_length=8, choices=ReachBy.choices, default=ReachBy.EMAIL)
    photo = models.ForeignKey(
        "files.File", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField()
    is_steward = models.BooleanField(default=False)
    is_moderator = models.BooleanField(default=False)
    is_host = models.BooleanField(default=False)
    is_greeter = models.BooleanField(default=False)
    is_expert = models.BooleanField(default=False)
    is_volunteer = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "account"],
                condition=models.Q(account__isnull=False),
                name="one_member_an_account",
            ),
        ]
        indexes = [models.Index(fields=["community", "standing", "name"], name="member_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def roles(self) -> list[Role]:
        """The member's roles, in the order of `Role`."""
        return [role for role in Role if getattr(self, f"is_{role.value}")]

    @property
    def keeps_order(self) -> bool:
        """Whether the member may look after other people's words: stewards and moderators."""
        return self.is_steward or self.is_moderator
