"""What happened (append-only), and what has to follow from it."""

from django.db import models

from hearth.core.models import NetworkOrTenantModel, PublicModel


class Happening(PublicModel, NetworkOrTenantModel):
    """A fact that the domain recorded in the transaction that made it true. Never changed, never deleted singly.

    The community is empty for facts of the whole deployment (a sign-in). Subject and actor are named by kind and key,
    because this package lies below every feature.
    """

    kind = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True, blank=True)
    via = models.CharField(max_length=12, default="web")
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-id"], name="happening_newest"),
            models.Index(fields=["subject_kind", "subject_id"], name="happening_subject"),
        ]


class Reaction(models.Model):
    """One thing that must follow from a happening: it runs at least once and has its effect once.

    `due_at` is both the back-off after a failure and the lease of the worker that is busy with it; `done_at` is written
    in the same transaction as the effect; `parked_at` is set when it failed too often and waits for a person.
    """

    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=60)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["happening", "name"], name="reaction_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="reaction_open",
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
            )
        ]
