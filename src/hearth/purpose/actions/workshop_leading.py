"""Lead a workshop: start it, invite, move on, hand over, notice that nobody leads."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core import live
from hearth.core.errors import Conflict, Invalid
from hearth.core.tenancy import across_communities, tenant
from hearth.core.text import strip_controls
from hearth.happenings import actions as happenings
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.purpose.actions.workshop_grouping import group_the_rest
from hearth.purpose.enums import Ending, Meeting, Step
from hearth.purpose.models import Proposal, Seat, Workshop
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries.workshops import row_name, warmest_words

# What each step may take when people do not meet. A date only proposes: nobody is shut out when it has passed.
DAYS = {
    Step.ARRIVE: 2,
    Step.WRITE: 3,
    Step.READ: 1,
    Step.GROUP: 1,
    Step.FEEL: 2,
    Step.LADDER: 2,
    Step.PROPOSE: 2,
    Step.ANSWER: 2,
    Step.ADOPT: 1,
}
AWAY_AFTER = timedelta(minutes=3)
HEARD_OF_EVERY = timedelta(seconds=20)
MOST_LEARNED = 600


def start_workshop(
    *, by: Member, community: Community, meeting: Meeting, language: str, now: datetime
) -> Workshop:
    """Begin a workshop, led by its steward. One goes on at a time: Conflict where there is one. Nobody is told yet."""
    policy.can_start_workshop(by).require()
    try:
        with transaction.atomic():
            workshop = Workshop.objects.create(
                community=community,
                facilitator=by,
                meeting=meeting,
                language=language,
                began_at=now,
                opened_at=now,
                seen_at=now,
                hoped_until=_hope(meeting, Step.ARRIVE, now),
            )
            Seat.objects.create(community=community, workshop=workshop, member=by)
            _record("workshop_begun", workshop, by, now)
    except IntegrityError as error:
        raise Conflict(
            _("A workshop is going on already. It has to end before another one begins.")
        ) from error
    return workshop


def invite(*, by: Member, workshop: Workshop, people: Collection[str], now: datetime) -> int:
    """Invite these members (by public id) and let each hear of it by mail; return how many were not invited before.

    Those who were invited before hear nothing again. Records `workshop_invited`.
    """
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_over(by, held).require()
        seated = Seat.objects.filter(workshop=held).exclude(invited_at=None, arrived_at=None)
        fresh = Member.objects.filter(public_id__in=people, standing=Standing.ACTIVE)
        ids = list(fresh.exclude(pk__in=seated.values("member_id")).values_list("pk", flat=True))
        Seat.objects.filter(workshop=held, member_id__in=ids).update(invited_at=now)
        Seat.objects.bulk_create(
            [Seat(community_id=held.community_id, workshop=held, member_id=pk, invited_at=now) for pk in ids],
            ignore_conflicts=True,
        )
        if ids:
            _record("workshop_invited", held, by, now)
            touch(held)
    return len(ids)


def move(*, by: Member, workshop: Workshop, seen: Step, to: Step, now: datetime) -> Workshop:
    """Open another step for everybody. Where it has moved from `seen` meanwhile, nothing happens: a double tap moves once.

    Whoever is writing keeps a draft and can still hand it in. Where people do not meet, each hears of it by mail
    (`workshop_step_opened`).
    """
    with transaction.atomic():
        held = hold(workshop)
        policy.can_lead(by, held).require()
        if held.step == seen and to != seen:
            _open(held, to, by, now)
    return held


def go_another_round(
    *, by: Member, workshop: Workshop, to: Step, learned: str, seen_round: int, now: datetime
) -> Workshop:
    """Go back to writing or to the proposals, with all that was said kept; `learned` is shown to everybody.

    Where a round began meanwhile, nothing happens.
    """
    if to not in {Step.WRITE, Step.PROPOSE}:
        raise Invalid(_("Choose where the next round begins."))
    words = " ".join(strip_controls(learned).split())
    if len(words) > MOST_LEARNED:
        said = _("This is %(over)d characters too long. All of it is still here.")
        raise Invalid(said % {"over": len(words) - MOST_LEARNED})
    with transaction.atomic():
        held = hold(workshop)
        policy.can_lead(by, held).require()
        if held.round == seen_round:
            held.round, held.rung, held.learned = seen_round + 1, 1, words
            _open(held, to, by, now)
    return held


def hand_over(*, by: Member, workshop: Workshop, to: str, now: datetime) -> Member:
    """Give the lead to somebody who has arrived (by public id); return who leads now."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_hand_over(by, held).require()
        seats = Seat.objects.filter(workshop=held, arrived_at__isnull=False, member__standing=Standing.ACTIVE)
        seat = seats.select_related("member").filter(member__public_id=row_name(to)).first() if to else None
        if seat is None:
            raise Invalid(_("Choose somebody who has arrived."))
        _lead(held, seat.member, now)
    return seat.member


def take_over(*, by: Member, workshop: Workshop, now: datetime) -> None:
    """Lead the workshop from now on. Nothing of it is lost."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_over(by, held).require()
        _lead(held, by, now)


def step_back(*, by: Member, workshop: Workshop, now: datetime) -> None:
    """Leave the lead: everybody sees that nobody leads, and any steward can take over."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_lead(by, held).require()
        _lead(held, None, now)


def lead_is_here(*, by: Member, workshop: Workshop, now: datetime) -> None:
    """Remember that the facilitator's page is open; after an absence everybody sees that the facilitator is back."""
    if not policy.can_lead(by, workshop) or (
        workshop.away_since is None and now - workshop.seen_at < HEARD_OF_EVERY
    ):
        return
    with transaction.atomic():
        rows = Workshop.objects.filter(pk=workshop.pk, facilitator=by)
        came_back = rows.filter(away_since__isnull=False).exists()
        rows.update(seen_at=now, away_since=None)
        if came_back:
            touch(workshop)


def notice_absent_facilitators(*, now: datetime) -> int:
    """Let the people of live workshops see that their facilitator is away; return how many are. Called by the schedule."""
    with across_communities():  # the schedule serves every community
        rows = Workshop.objects.filter(
            ending=Ending.OPEN, meeting=Meeting.LIVE, away_since=None, seen_at__lt=now - AWAY_AFTER
        )
        found = list(rows.exclude(facilitator=None).select_related("community"))
    for workshop in found:
        with tenant(workshop.community), transaction.atomic():
            Workshop.objects.filter(pk=workshop.pk, seen_at=workshop.seen_at).update(away_since=now)
            touch(workshop)
    return len(found)


def hold(workshop: Workshop) -> Workshop:
    """Return the workshop as it is now, held for this transaction so that it does not move meanwhile.

    Raises Conflict where it has ended.
    """
    held = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if not held.is_open:
        raise Conflict(_("This workshop has ended meanwhile. What was said is kept."))
    return held


def touch(workshop: Workshop, *, lead_only: bool = False) -> None:
    """Let open pages know that something changed: everybody's, or only the facilitator's. Last in its transaction."""
    if not lead_only:
        live.touch(workshop.key)
    live.touch(workshop.lead_key)


def _open(held: Workshop, step: Step, by: Member, now: datetime) -> None:
    held.step, held.opened_at, held.seen_at, held.away_since = step, now, now, None
    held.hoped_until = _hope(held.meeting, step, now)
    Seat.objects.filter(workshop=held, wants_time=True).update(wants_time=False)
    if step == Step.GROUP:
        group_the_rest(held)
    elif step == Step.LADDER:
        _stand_ladder(held)
    elif step == Step.PROPOSE:
        Proposal.objects.bulk_create(
            [
                Proposal(community_id=held.community_id, workshop=held, round=held.round, place=place)
                for place in (1, 2)
            ],
            ignore_conflicts=True,
        )
    held.save()
    _record("workshop_step_opened", held, by, now)
    touch(held)


def _stand_ladder(held: Workshop) -> None:
    """Stand the ladder on the warmest words, once a round."""
    words = warmest_words(held)
    if words and not held.rungs.filter(round=held.round, number=0).exists():
        held.rungs.create(
            community_id=held.community_id, round=held.round, number=0, words=words, chosen=True
        )


def _lead(held: Workshop, member: Member | None, now: datetime) -> None:
    held.facilitator, held.seen_at, held.away_since = member, now, None
    held.save(update_fields=["facilitator", "seen_at", "away_since"])
    if member is not None:
        _record("workshop_led", held, member, now)
    touch(held)


def _hope(meeting: str, step: Step, now: datetime) -> date | None:
    if meeting == Meeting.LIVE:
        return None
    return timezone.localdate(now) + timedelta(days=DAYS[step])


def _record(kind: str, workshop: Workshop, by: Member, now: datetime) -> None:
    happenings.record(
        kind,
        community=workshop.community,
        by=by.pk,
        subject_kind="workshop",
        subject_id=workshop.pk,
        now=now,
        data={"step": workshop.step, "round": workshop.round},
    )
