"""What goes out: a mail written once a language, and one delivery row a person. What comes in: the raw mail, kept first."""

from django.db import models

from hearth.channels.enums import Received, State
from hearth.core.models import NetworkOrTenantModel, PublicModel


class Mail(PublicModel, NetworkOrTenantModel):
    """The words of one mail in one language, made once for all who get it; `compose` fills in what differs a person.

    The community is empty for mails of the deployment (sign-in). origin is unique, so that planning twice makes one.
    token_subject is the key that the tokens of each receiver name: where an answer goes, what stops (`core.tokens`).
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
    token_subject = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()


class Delivery(NetworkOrTenantModel):
    """One mail to one person, once; each state has its reason."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="deliveries")
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
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
                fields=["mail", "member"],
                condition=models.Q(member__isnull=False),
                name="delivery_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["mail", "address"],
                condition=models.Q(member__isnull=True),
                name="delivery_once_an_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="delivery_due",
                condition=models.Q(state__in=["planned", "claimed", "deferred", "unknown"]),
            )
        ]


class InboundMail(PublicModel, NetworkOrTenantModel):
    """One mail that came in, kept raw before anything was thought about it. digest is unique: the same mail counts once."""

    digest = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField()
    sender = models.CharField(max_length=254, blank=True)
    recipients = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=Received.choices, default=Received.KEPT)
    reason = models.CharField(max_length=400, blank=True)
    received_at = models.DateTimeField()
