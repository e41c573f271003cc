"""Put contributions together: suggested by the likeness of their words, changed by people."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hearth.core import live
from hearth.core.errors import Conflict, Invalid
from hearth.members.models import Member
from hearth.purpose import grouping
from hearth.purpose.enums import Part, Step
from hearth.purpose.models import Cluster, Contribution, Seat, Workshop
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries.workshops import row_name

NEW = "new"


def put_together(*, by: Member, workshop: Workshop, part: Part, handles: Collection[str], into: str) -> int:
    """Put these contributions into a group (`into`: its handle, or "new"); return how many moved. Groups left empty go.

    Anybody who has arrived may do it: everyone sees it, and it can be undone the same way.
    """
    with transaction.atomic():
        held = Workshop.objects.select_for_update().get(pk=workshop.pk)
        policy.can_take_part(Seat.objects.filter(workshop=held, member=by).first(), held).require()
        if held.step != Step.GROUP:
            raise Conflict(_("The workshop has moved on. The groups stay as they are."))
        named = [row_name(handle) for handle in handles]
        rows = Contribution.objects.filter(workshop=held, part=part, handle__in=named)
        if not handles:
            raise Invalid(_("Choose at least one answer first."))
        left = set(rows.values_list("cluster_id", flat=True))
        target = _target(held, part, into)
        moved = rows.update(cluster=target)
        _tidy_up(held, left | {target.pk})
        live.touch(held.key)
        live.touch(held.lead_key)
    return moved


def group_the_rest(held: Workshop) -> None:
    """Suggest groups for what stands in none yet. What people have put together stays as they left it."""
    for part in Part:
        alone = Contribution.objects.filter(workshop=held, part=part, cluster=None)
        rows = list(alone.order_by("handle"))
        if held.clusters.filter(part=part).exists():
            for row in rows:
                row.cluster = place_one(held, row)
                row.save(update_fields=["cluster"])
            continue
        for suggestion in grouping.suggest([row.words for row in rows], held.language):
            cluster = _new(held, part, ", ".join(suggestion.shared))
            chosen = [rows[place].pk for place in suggestion.places]
            Contribution.objects.filter(pk__in=chosen).update(cluster=cluster)


def place_one(held: Workshop, row: Contribution) -> Cluster:
    """Return the group to which one more contribution belongs, a new one where it is like none."""
    groups: dict[int, list[str]] = defaultdict(list)
    others = Contribution.objects.filter(workshop=held, part=row.part, cluster__isnull=False)
    for cluster, words in others.order_by("handle").values_list("cluster_id", "words"):
        groups[cluster].append(words)
    keys = sorted(groups)
    place = grouping.closest(row.words, [groups[key] for key in keys], held.language)
    return _new(held, row.part, "") if place is None else Cluster.objects.get(pk=keys[place])


def _target(held: Workshop, part: Part, into: str) -> Cluster:
    if into == NEW:
        return _new(held, part, "")
    found = held.clusters.filter(part=part, handle=row_name(into)).first()
    if found is None:
        raise Invalid(_("That group is no longer there. Choose another one."))
    return found


def _new(held: Workshop, part: str, shared: str) -> Cluster:
    last = held.clusters.filter(part=part).aggregate(last=Max("place"))["last"] or 0
    return held.clusters.create(
        community_id=held.community_id, part=part, place=last + 1, shared=shared[:200]
    )


def _tidy_up(held: Workshop, touched: Collection[int | None]) -> None:
    for cluster in held.clusters.filter(pk__in=[pk for pk in touched if pk is not None]):
        words = list(cluster.contributions.order_by("handle").values_list("words", flat=True))
        if words:
            cluster.shared = ", ".join(grouping.shared_words(words, held.language))[:200]
            cluster.save(update_fields=["shared"])
        else:
            cluster.delete()
