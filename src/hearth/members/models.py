"""One person in one community, and the invitation by which somebody may become one."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from hearth.core.models import PublicModel, TenantModel
from hearth.members.enums import InvitationState, ReachBy, Role, Standing

INVITATION_LASTS = timedelta(days=60)


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


class Invitation(PublicModel, TenantModel):
    """One person asked by name to come into the community. Its secret link is worked out from its key (`members.tokens`).

    email is folded (`accounts.addresses`). words are the inviter's own, in words_language; empty means our ready text in
    the guest's language. reading is what the mail shows of the community: title, author, excerpt, language, or nothing.
    is_another_person: the address is a member's already, and the inviter knows that two people share it.
    sent_at is the time of the newest mail; member is who came of it.
    """

    by = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    words = models.TextField(blank=True, max_length=2000)
    words_language = models.CharField(max_length=12, blank=True)
    roles = models.JSONField(default=list, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    is_another_person = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.PREPARED)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    times_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"],
                condition=Q(state=InvitationState.OPEN),
                name="one_open_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.PREPARED, sent_at__isnull=True)
                | (~Q(state=InvitationState.PREPARED) & Q(sent_at__isnull=False)),
                name="invitation_sent_unless_prepared",
            ),
        ]
        indexes = [models.Index(fields=["community", "email"], name="invitation_by_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked_roles(self) -> list[Role]:
        """The roles that the person is asked to take, in the order of `Role`."""
        return [role for role in Role if role.value in self.roles]

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered now."""
        return self.state == InvitationState.OPEN and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Whether it waited for an answer longer than invitations last."""
        sent = self.sent_at
        return self.state == InvitationState.OPEN and sent is not None and now - sent > INVITATION_LASTS
