"""Take part in a workshop: arrive, write, climb the ladder, ask for time; drafts on the way."""

from datetime import datetime
from hashlib import blake2s

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.core.text import fold, is_blank, strip_controls
from hearth.members.models import Member
from hearth.purpose.actions.adopting import require_short
from hearth.purpose.actions.workshop_grouping import place_one
from hearth.purpose.actions.workshop_leading import hold, touch
from hearth.purpose.enums import Ending, Part, Side, Step
from hearth.purpose.models import Contribution, Seat, SharedRung, Workshop, WorkshopDraft
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries.workshops import row_name

MOST = {Part.WHO: MOST_WHO, Part.WHAT: MOST_WHAT, Part.WHY: MOST_WHY}
MOST_LINE = 160
MOST_DRAFT = 6000
# More than anybody has to say, and a bound to what one person can put before everybody.
MOST_EACH = 6


def arrive(*, by: Member, workshop: Workshop, side: Side, line: str, named: bool, now: datetime) -> Seat:
    """Take one's seat, or change what was said of oneself. Everybody sees the name and the line.

    Only those who were invited, and stewards; to anyone else the workshop is not there.
    """
    words = tidy_line(line, MOST_LINE)
    with transaction.atomic():
        held = hold(workshop)
        seat = Seat.objects.filter(workshop=held, member=by).first()
        if seat is None:
            if not policy.is_steward(by):
                raise NotFound("")
            seat = Seat(community_id=held.community_id, workshop=held, member=by)
        seat.side, seat.line, seat.named = side, words, named
        seat.arrived_at = seat.arrived_at or now
        seat.save()
        touch(held)
    return seat


def ask_for_time(*, by: Member, workshop: Workshop, wants: bool) -> None:
    """Let the facilitator see that somebody would like more time in this step, or no longer does. No name is shown."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_part(seat_of(held, by), held).require()
        Seat.objects.filter(workshop=held, member=by).update(wants_time=wants)
        touch(held, lead_only=True)


def contribute(*, by: Member, workshop: Workshop, part: Part, words: str, now: datetime) -> bool:
    """Keep what the member writes for one part; return False where the same words of this person are kept already.

    Once things have been put together, it finds its place among them by itself. Nothing of it goes into happenings or logs.
    """
    said = tidy_words(words, MOST[part])
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_part(seat_of(held, by), held).require()
        policy.can_write(held).require()
        own = Contribution.objects.filter(workshop=held, author=by, part=part)
        key = blake2s(fold(said).encode(), digest_size=16).hexdigest()
        drop_draft(by=by, workshop=held, place=part)
        if own.filter(key=key).exists():
            return False
        if own.count() >= MOST_EACH:
            raise Invalid(_("You have said much here already. Take one back to add another."))
        row = Contribution(
            community_id=held.community_id,
            workshop=held,
            author=by,
            part=part,
            words=said,
            key=key,
            round=held.round,
        )
        row.cluster = place_one(held, row) if Step.values.index(held.step) >= _GROUPED else None
        row.save()
        # While people write, only the facilitator's page counts along: nobody else's shows it yet.
        touch(held, lead_only=held.step == Step.WRITE)
    return True


_GROUPED = Step.values.index(Step.GROUP)


def take_back(*, by: Member, workshop: Workshop, handle: str) -> Contribution:
    """Take back what one wrote; NotFound where it is not there or not one's own."""
    with transaction.atomic():
        held = hold(workshop)
        row = Contribution.objects.filter(workshop=held, author=by, handle=row_name(handle)).first()
        if row is None:
            raise NotFound("")
        # Its group stays, with what others felt about it; an empty one is not shown.
        row.delete()
        touch(held, lead_only=held.step == Step.WRITE)
    return row


def climb(*, by: Member, workshop: Workshop, number: int, words: str) -> None:
    """Answer "why does that matter?" on this rung; a second answer of the same person takes the place of the first.

    Conflict where the ladder has gone on meanwhile: the words stay in the form.
    """
    said = tidy_words(words, MOST_WHY)
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_part(seat_of(held, by), held).require()
        if held.rung != number:
            raise Conflict(_("The ladder has gone on meanwhile. Your words are still here."))
        SharedRung.objects.update_or_create(
            workshop=held,
            round=held.round,
            number=number,
            author=by,
            defaults={"words": said, "community_id": held.community_id},
        )
        drop_draft(by=by, workshop=held, place="rung")
        touch(held)


def choose_rung(*, by: Member, workshop: Workshop, handle: str) -> None:
    """Let the ladder go on from this answer. Where it has gone on already, nothing happens."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_lead(by, held).require()
        rows = SharedRung.objects.filter(
            workshop=held, round=held.round, number=held.rung, handle=row_name(handle)
        )
        if rows.update(chosen=True):
            held.rung += 1
            held.save(update_fields=["rung"])
            touch(held)


def save_draft(*, by: Member, workshop: Workshop, place: str, words: str, now: datetime) -> None:
    """Keep what the member is writing and has not handed in; empty words let it go. After the end nothing is kept."""
    if not workshop.is_open:
        return
    kept = strip_controls(words)[:MOST_DRAFT]
    if not kept.strip():
        drop_draft(by=by, workshop=workshop, place=place)
        return
    with transaction.atomic():
        # Held, so that none is written beside the end, which lets go of all of them: it would stay with its writer's name.
        if Workshop.objects.select_for_update().filter(pk=workshop.pk, ending=Ending.OPEN).first() is None:
            return
        WorkshopDraft.objects.update_or_create(
            workshop=workshop,
            member=by,
            place=place[:40],
            defaults={"words": kept, "saved_at": now, "community_id": workshop.community_id},
        )


def drop_draft(*, by: Member, workshop: Workshop, place: str) -> None:
    """Let a draft go."""
    WorkshopDraft.objects.filter(workshop=workshop, member=by, place=place[:40]).delete()


def seat_of(workshop: Workshop, member: Member) -> Seat | None:
    """Return the member's seat, or None."""
    return Seat.objects.filter(workshop=workshop, member=member).first()


def tidy_line(words: str, most: int) -> str:
    """Return the words in one line, without what nobody sees; raise Invalid where they are too long."""
    said = " ".join(strip_controls(words).split())
    require_short(said, most)
    return "" if is_blank(said) else said


def tidy_words(words: str, most: int) -> str:
    """Return what somebody wrote in one line; raise Invalid, kindly, where there are no words in it or too many."""
    said = tidy_line(words, most)
    if not said:
        raise Invalid(_("Nothing is written here yet. A few words are enough."))
    if sum(map(str.isalpha, said)) < 2:
        raise Invalid(_("There are no words here yet. Say it in a few words of your own."))
    return said
