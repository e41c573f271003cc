"""What goes out: a mail written once a language, and one delivery row a person. What comes in: the raw mail, kept first."""

from urllib.parse import quote

from cryptography.fernet import InvalidToken
from django.db import models

from hearth.channels.enums import Found, Place, Received, Security, State, TrialState
from hearth.core import sealing
from hearth.core.models import NetworkOrTenantModel, PublicModel

SCHEMES = {Security.TLS: "smtps", Security.STARTTLS: "smtp+starttls"}


class Mail(PublicModel, NetworkOrTenantModel):
    """The words of one mail in one language, made once for all who get it; `compose` fills in what differs a person.

    The community is empty for mails of the deployment (sign-in). origin is unique, so that planning twice makes one.
    token_subject is the key that the tokens of each receiver name: where an answer goes, what stops (`core.tokens`).
    After good_until nobody can do anything with it any more (a sign-in); then it is given up instead of handed over.
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
    good_until = models.DateTimeField(null=True, blank=True)


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


class MailAccount(models.Model):
    """By which way mails go out, as an operator set it up: one row that is being tried, one that is in use.

    The deployment's, not a community's. host and port are empty until they are known; secret is the password, sealed with
    a key that is not in the database (`core.sealing`). sender stands in the From line. works_since: when the first test
    mail was taken.
    """

    place = models.CharField(max_length=5, choices=Place.choices, unique=True)
    provider = models.CharField(max_length=20)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(null=True, blank=True)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.AUTO)
    username = models.CharField(max_length=254, blank=True)
    secret = models.TextField(blank=True)
    sender = models.EmailField(max_length=254, blank=True)
    changed_at = models.DateTimeField()
    works_since = models.DateTimeField(null=True, blank=True)

    @property
    def password(self) -> str:
        """The password as the mail server wants it; empty where none is known, or the secret key is another one by now."""
        try:
            return sealing.opened(self.secret, purpose="channels") if self.secret else ""
        except InvalidToken:
            return ""

    @property
    def can_sign_in(self) -> bool:
        """Whether everything is there that the mail server asks for."""
        return bool(self.host and self.sender and (self.password or not self.username))

    @property
    def url(self) -> str:
        """The address of the mail server as `transports` take it. It holds the password: never show or log it."""
        scheme = SCHEMES.get(Security(self.security), "smtp")
        known = f"{quote(self.username, safe='')}:{quote(self.password, safe='')}@" if self.username else ""
        return f"{scheme}://{known}{self.host}:{self.port}"

    @property
    def domain(self) -> str:
        """What stands behind the @ of the sender."""
        return self.sender.rpartition("@")[2].lower()


class MailTest(PublicModel):
    """One test of sending: a real mail to the operator who asked, each step with its outcome, and what the domain says.

    The deployment's. steps and checks are lists of plain values (`channels.trying`, `channels.domains`); pages find the
    words. due_at is the time of the next try and the lease of the worker that is busy with it, as with deliveries.
    reply_from and replied_at are filled when an answer to the test mail came in.
    """

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    provider = models.CharField(max_length=20, blank=True)
    sender = models.EmailField(max_length=254, blank=True)
    state = models.CharField(max_length=8, choices=TrialState.choices, default=TrialState.ASKED)
    attempts = models.PositiveSmallIntegerField(default=0)
    steps = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_from = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="mail_test_due",
                condition=models.Q(state__in=["asked", "running", "waiting"]),
            )
        ]

    @property
    def stage(self) -> str:
        """How far it is, for a page that asks whether there is anything new: busy, tried, checked, replied."""
        if self.replied_at:
            return "replied"
        if self.checked_at:
            return f"checked{self.attempts}"
        return f"tried{self.attempts}" if self.tried_at else "busy"

    @property
    def taken(self) -> bool:
        """Whether the test mail was taken by the other side."""
        return bool(self.steps) and all(step["found"] != Found.WRONG for step in self.steps)
