"""Reads for the outbox page (the operator sees the whole deployment)."""

from django.db.models import Count, Q, QuerySet

from hearth.channels.enums import State
from hearth.channels.models import Delivery, InboundMail

WAITING = [State.PLANNED, State.CLAIMED, State.DEFERRED, State.UNKNOWN]


def outbox() -> QuerySet[Delivery]:
    """Return all deliveries with their mails, newest first (call inside `across_communities`)."""
    return Delivery.objects.select_related("mail", "community").order_by("-pk")


def outbox_counts() -> dict[str, int]:
    """Return how many deliveries wait, and how many went wrong."""
    return Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        wrong=Count("pk", filter=Q(state__in=[State.BOUNCED, State.GIVEN_UP])),
    )


def inbox() -> QuerySet[InboundMail]:
    """Return the mails that came in, newest first, without their bytes."""
    return InboundMail.objects.defer("raw").select_related("community").order_by("-pk")
