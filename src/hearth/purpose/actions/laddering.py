"""The why ladder: each answer to "why does that matter?" is a rung; one of them is called the WHY."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hearth.core.errors import Invalid, NotFound
from hearth.members.models import Member
from hearth.purpose.actions.interviewing import locked, require_seen, touch, typed
from hearth.purpose.models import Interview, Rung

MOST_RUNGS = 12


def write_rung(
    *,
    by: Member,
    interview: Interview,
    position: int,
    words: str,
    page: str = "",
    seen: str = "",
    now: datetime,
) -> Rung | None:
    """Keep the words of a rung, or of the next one; without words nothing is kept and a rung that stands stays.

    A rung that is the WHY stays it in its new words. page and seen as in `write`, with the same Conflict. NotFound for a
    rung beyond the next one, Invalid for one too many.
    """
    said = typed(words)
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        rungs = {rung.position: rung for rung in Rung.objects.filter(interview=kept)}
        _require_place(position, rungs)
        rung = rungs.get(position)
        before = rung.words if rung else ""
        key = f"rung-{position}"
        require_seen(kept, key, before=before, words=said, page=page, seen=seen)
        if not said:
            return rung
        rung, _made = Rung.objects.update_or_create(
            interview=kept,
            position=position,
            defaults={"community_id": kept.community_id, "words": said, "written_at": now},
        )
        kept.typed_on[key] = page
        if before and kept.why == before:
            kept.why = said
        touch(kept, by, now)
    return rung


def take_rung_away(*, by: Member, interview: Interview, position: int, now: datetime) -> None:
    """Let one rung go; those after it move up. The WHY stays what it is until another rung is chosen."""
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        Rung.objects.filter(interview=kept, position=position).delete()
        # One after the other, from the lowest: positions are unique at every moment.
        later = Rung.objects.filter(interview=kept, position__gt=position).order_by("position")
        for pk in later.values_list("pk", flat=True):
            Rung.objects.filter(pk=pk).update(position=F("position") - 1)
        kept.typed_on = {key: page for key, page in kept.typed_on.items() if not key.startswith("rung-")}
        touch(kept, by, now)


def call_it_why(*, by: Member, interview: Interview, position: int, now: datetime) -> Interview:
    """Choose a rung as the WHY. NotFound where there is no such rung."""
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        rung = Rung.objects.filter(interview=kept, position=position).first()
        if rung is None:
            raise NotFound("")
        kept.why = rung.words
        touch(kept, by, now)
    return kept


def _require_place(position: int, rungs: dict[int, Rung]) -> None:
    if position > MOST_RUNGS:
        raise Invalid(_("The ladder has enough steps now. Choose one of them as your why."))
    if not 1 <= position <= len(rungs) + 1:
        raise NotFound("")
