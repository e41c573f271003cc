"""Record what happened; let what follows follow, at least once, with one effect."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from hearth.core.clock import now as clock_now
from hearth.core.tenancy import across_communities, tenant
from hearth.happenings import registry
from hearth.happenings.models import Happening, Reaction

LEASE = timedelta(seconds=60)
BACK_OFF = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10))


def record(
    kind: str,
    *,
    community: Any,
    by: int | None,
    subject_kind: str = "",
    subject_id: int | None = None,
    now: datetime,
    via: str = "web",
    data: dict[str, Any] | None = None,
) -> Happening:
    """Write down a fact inside the caller's transaction, with a row for each reaction; dispatch them after commit.

    `by` is the acting member's key, or None for the system. Must be called inside `transaction.atomic()`.
    """
    happening = Happening.objects.create(
        community=community,
        kind=kind,
        actor_id=by,
        via=via,
        subject_kind=subject_kind,
        subject_id=subject_id,
        data=data or {},
        happened_at=now,
    )
    reactions = [Reaction(happening=happening, name=name, due_at=now) for name in registry.names_for(kind)]
    if reactions:
        # Ids come back on both databases; the jobs carry nothing else.
        made = Reaction.objects.bulk_create(reactions)
        transaction.on_commit(lambda: _dispatch([row.pk for row in made]), robust=True)
    return happening


def _dispatch(reaction_ids: list[int]) -> None:
    # Enqueueing is a hint that makes things quick. Whatever is lost here (a crash, a full disk) is found by `sweep`.
    from hearth.happenings.jobs import react  # noqa: PLC0415 - jobs import actions

    for reaction_id in reaction_ids:
        react.enqueue(reaction_id)


def run_reaction(*, reaction_id: int, now: datetime) -> bool:
    """Run one reaction if it is due and nobody is busy with it; return whether it ran to its end.

    The claim is committed first, so that a reaction that kills its worker is counted. The effect and `done_at` are
    written in one transaction, so that the effect happens once however often this is called. An error is kept with its
    reason and tried again after a pause; after the third it is parked for a person to look at.
    """
    with across_communities():
        if not _claim(reaction_id, now):
            return False
        reaction = Reaction.objects.select_related("happening", "happening__community").get(pk=reaction_id)
        try:
            with transaction.atomic():
                _take_effect(reaction, now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, shown to the operator and tried again
            _put_off(reaction, error, now)
            return False
    return True


def _claim(reaction_id: int, now: datetime) -> bool:
    claimed = Reaction.objects.filter(
        pk=reaction_id, done_at__isnull=True, parked_at__isnull=True, due_at__lte=now
    ).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    return claimed == 1


def _take_effect(reaction: Reaction, now: datetime) -> None:
    happening = reaction.happening
    effect = registry.effect(happening.kind, reaction.name)
    if happening.community_id is None:
        effect(happening)
    else:
        with tenant(happening.community):
            effect(happening)
    finished = Reaction.objects.filter(pk=reaction.pk, done_at__isnull=True).update(
        done_at=now, last_error=""
    )
    if finished != 1:
        raise RuntimeError("Another worker finished this reaction first; this one's effect is rolled back.")


def _put_off(reaction: Reaction, error: Exception, now: datetime) -> None:
    tries = reaction.attempts
    parked = tries >= len(BACK_OFF)
    Reaction.objects.filter(pk=reaction.pk, done_at__isnull=True).update(
        last_error=f"{type(error).__name__}: {error}"[:2000],
        due_at=now + BACK_OFF[min(tries, len(BACK_OFF)) - 1],
        parked_at=now if parked else None,
    )


def sweep(*, now: datetime | None = None, most: int = 500) -> int:
    """Run reactions that are due although nobody enqueued them (lost jobs, dead workers, back-off over); return how many.

    A reaction whose worker died three times is parked. Called by the schedule.
    """
    now = now or clock_now()
    open_rows = Reaction.objects.filter(done_at__isnull=True, parked_at__isnull=True, due_at__lte=now)
    open_rows.filter(attempts__gte=len(BACK_OFF)).update(
        parked_at=now, last_error="The worker stopped each time it tried this."
    )
    # A moment's grace leaves fresh rows to the jobs that were enqueued for them.
    late = open_rows.filter(due_at__lte=now - timedelta(seconds=2)).order_by("due_at", "pk")
    ids = list(late.values_list("pk", flat=True)[:most])
    return sum(run_reaction(reaction_id=reaction_id, now=now) for reaction_id in ids)


def forget_jobs(*, before: datetime) -> int:
    """Delete the queue's rows of jobs that ended before the given time; return how many. What happened stays."""
    ended = DBTaskResult.objects.filter(finished_at__lt=before)
    return int(ended.delete()[0])


def try_again(*, reaction_id: int, now: datetime) -> bool:
    """Take a parked reaction up again from its first try; return whether there was one."""
    revived = Reaction.objects.filter(pk=reaction_id, parked_at__isnull=False, done_at__isnull=True)
    return revived.update(parked_at=None, attempts=0, due_at=now) == 1
