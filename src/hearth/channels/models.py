"""What goes out: a message rendered once a language, and one delivery row a person."""

from django.db import models

from hearth.channels.enums import State
from hearth.core.models import NetworkOrTenantModel, PublicModel


class Mail(PublicModel, NetworkOrTenantModel):
    """The words of one mail in one language, made once for all who get it. `{…}` places are filled in per person.

    The community is empty for mails of the deployment (sign-in). origin is unique, so that planning twice makes one.
    """

    origin = models.CharField(max_length=100, unique=True)
    language = models.CharField(max_length=12)
    from_name = models.CharField(max_length=160)
    from_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    message_id = models.CharField(max_length=255)
    references = models.TextField(blank=True)
    list_id = models.CharField(max_length=200, blank=True)
    list_url = models.CharField(max_length=300, blank=True)
    reply_kind = models.CharField(max_length=20, blank=True)
    reply_id = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()


class Delivery(PublicModel, NetworkOrTenantModel):
    """One mail to one person, once: (mail, address, member) is unique; each state has its reason."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="deliveries")
    member = models.ForeignKey("members.Member", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=400, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["mail", "member"], condition=models.Q(member__isnull=False), name="delivery_once_a_member"
            ),
            models.UniqueConstraint(
                fields=["mail", "address"], condition=models.Q(member__isnull=True), name="delivery_once_an_address"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="delivery_due",
                condition=models.Q(state__in=["planned", "claimed", "deferred"]),
            )
        ]
