"""Reads for the operator."""

from django.db.models import QuerySet

from hearth.happenings.models import Happening, Reaction


def newest(*, most: int = 50) -> list[Happening]:
    """Return the newest happenings of the whole deployment with their reactions (call inside `across_communities`)."""
    rows = Happening.objects.select_related("community").prefetch_related("reactions").order_by("-pk")
    return list(rows[:most])


def parked() -> QuerySet[Reaction]:
    """Return the reactions that failed too often and wait for a person."""
    return Reaction.objects.filter(parked_at__isnull=False, done_at__isnull=True).order_by("parked_at", "pk")


def unfinished() -> QuerySet[Reaction]:
    """Return the reactions that have not had their effect yet."""
    return Reaction.objects.filter(done_at__isnull=True, parked_at__isnull=True)
