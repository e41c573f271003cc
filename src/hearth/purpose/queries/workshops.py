"""Reads of workshops: who is in one, and what one person has said. What all see is in `workshop_board`."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from hearth.communities.models import Community
from hearth.core import live
from hearth.core.errors import NotFound
from hearth.core.prepared import Prepared, columns_of, instance_of
from hearth.core.tenancy import current_community
from hearth.members.enums import ReachBy, Standing
from hearth.members.models import Member
from hearth.purpose import grouping
from hearth.purpose.enums import Ending, Part, Step, Warmth
from hearth.purpose.models import (
    Contribution,
    Feeling,
    ProposalAnswer,
    Seat,
    SharedRung,
    Workshop,
    WorkshopDraft,
)
from hearth.purpose.policy import workshops as policy

_ROW_NAME = re.compile("[0-9a-z]{1,20}")
# What a feeling counts when groups are put in the order of their warmth. "Not me" says nothing against the words.
WARMTH = {Warmth.WARM: 2, Warmth.NEARLY: 1, Warmth.NOT_ME: 0, Warmth.COLD: -1}


@dataclass(frozen=True)
class Room:
    """A workshop as one person meets it.

    number and lead_number (`core.live`) were read before all else: what is shown is never older than they say.
    """

    workshop: Workshop
    member: Member
    seat: Seat | None
    number: int
    lead_number: int

    @property
    def has_arrived(self) -> bool:
        """Whether the person said who they are."""
        return self.seat is not None and self.seat.arrived_at is not None

    @property
    def leads(self) -> bool:
        """Whether the person leads it."""
        return bool(policy.can_lead(self.member, self.workshop))

    @cached_property
    def said(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What the person wrote, by part: handle and words (one query)."""
        rows = _SAID.rows(workshop=self.workshop.pk, member=self.member.pk)
        return {part: tuple((handle, words) for of, handle, words in rows if of == part) for part in Part}

    @cached_property
    def drafts(self) -> dict[str, str]:
        """What the person is writing and has not handed in, by place (one query)."""
        return dict(_DRAFTS.rows(workshop=self.workshop.pk, member=self.member.pk))

    @cached_property
    def felt(self) -> dict[int, Feeling]:
        """How groups feel to the person, by group (one query)."""
        rows = Feeling.objects.filter(workshop=self.workshop, author=self.member)
        return {row.cluster_id: row for row in rows}

    @cached_property
    def rung(self) -> str:
        """The person's answer on the rung on which the ladder stands (one query)."""
        rows = SharedRung.objects.filter(workshop=self.workshop, author=self.member)
        now = rows.filter(round=self.workshop.round, number=self.workshop.rung)
        return now.values_list("words", flat=True).first() or ""

    @cached_property
    def answered(self) -> dict[tuple[int, str], ProposalAnswer]:
        """The person's answers to the proposals of this round, by place and side (one query)."""
        rows = ProposalAnswer.objects.filter(proposal__workshop=self.workshop, author=self.member)
        found = rows.filter(proposal__round=self.workshop.round).select_related("proposal")
        return {(row.proposal.place, row.side): row for row in found}


@dataclass(frozen=True, slots=True)
class Tally:
    """What only the facilitator sees: how many were invited, have arrived, have said something now, would like more time."""

    invited: int
    arrived: int
    said: int
    want_time: int


def room_for(member: Member, public_id: str) -> Room:
    """Return the workshop as this member meets it (three queries); NotFound for whoever is not invited and no steward."""
    public_id = row_name(public_id)
    key, lead_key = Workshop(public_id=public_id).key, Workshop(public_id=public_id).lead_key
    numbers = live.numbers([key, lead_key])
    rows = _WORKSHOP.rows(public_id=public_id)
    if not rows:
        raise NotFound("")
    workshop = instance_of(Workshop, rows[0][:_SPLIT])
    workshop.community = current_community()
    workshop.facilitator = instance_of(Member, rows[0][_SPLIT:]) if workshop.facilitator_id else None
    seats = _SEAT.rows(workshop=workshop.pk, member=member.pk)
    seat = instance_of(Seat, seats[0]) if seats else None
    if seat is None and not policy.is_steward(member):
        raise NotFound("")
    return Room(workshop, member, seat, numbers.get(key, 0), numbers.get(lead_key, 0))


def row_name(value: str) -> str:
    """Return the value where it can be a public id or a handle; raise NotFound for what no page of ours sends (a NUL)."""
    if not _ROW_NAME.fullmatch(value):
        raise NotFound("")
    return value


def workshop_to_join(member: Member) -> tuple[str, str] | None:
    """Return public id and step of the workshop that goes on and to which the member is invited, else None (one query)."""
    rows = _TO_JOIN.rows(member=member.pk)
    return (rows[0][0], str(Step(rows[0][1]).label)) if rows else None


def _to_join(member: int) -> QuerySet[Seat, Any]:
    rows = Seat.objects.filter(member_id=member, workshop__ending=Ending.OPEN)
    return rows.order_by("pk").values_list("workshop__public_id", "workshop__step")


def _workshop(public_id: str) -> QuerySet[Workshop, Any]:
    rows = Workshop.objects.filter(public_id=public_id)
    return rows.values_list(*columns_of(Workshop), *columns_of(Member, behind="facilitator"))


def _seat(workshop: int, member: int) -> QuerySet[Seat, Any]:
    return Seat.objects.filter(workshop_id=workshop, member_id=member).values_list(*columns_of(Seat))


def _said(workshop: int, member: int) -> QuerySet[Contribution, Any]:
    rows = Contribution.objects.filter(workshop_id=workshop, author_id=member)
    return rows.order_by("handle").values_list("part", "handle", "words")


def _drafts(workshop: int, member: int) -> QuerySet[WorkshopDraft, Any]:
    rows = WorkshopDraft.objects.filter(workshop_id=workshop, member_id=member)
    return rows.values_list("place", "words")


# Everybody's page asks these again whenever something changes.
_WORKSHOP = Prepared(_workshop, texts=("public_id",))
_SPLIT = len(columns_of(Workshop))
_SEAT = Prepared(_seat, "workshop", "member")
_SAID = Prepared(_said, "workshop", "member")
_TO_JOIN = Prepared(_to_join, "member")
_DRAFTS = Prepared(_drafts, "workshop", "member")


def workshops_for(member: Member) -> list[Workshop]:
    """Return the workshops that the member may know of, the newest first."""
    rows = policy.visible_workshops(member).select_related("facilitator", "statement")
    return list(rows.order_by("-began_at", "-pk")[:50])


def open_workshop(community: Community) -> Workshop | None:
    """Return the workshop that goes on in this community, or None (one query)."""
    return Workshop.objects.filter(community=community, ending=Ending.OPEN).first()


def workshop_by_key(key: int) -> Workshop | None:
    """Return a workshop of the open community by its key, for what follows a happening; None where it is gone."""
    return Workshop.objects.select_related("community", "facilitator").filter(pk=key).first()


def tally(workshop: Workshop) -> Tally:
    """Count for the facilitator (two queries)."""
    rows = Seat.objects.filter(workshop=workshop).values_list("arrived_at", "wants_time")
    seats = list(rows)
    arrived = sum(arrived_at is not None for arrived_at, _wants in seats)
    said = _said_now(workshop)
    return Tally(
        invited=len(seats),
        arrived=arrived,
        said=arrived if said is None else said.values("author").distinct().count(),
        want_time=sum(wants for _arrived_at, wants in seats),
    )


def _said_now(workshop: Workshop) -> QuerySet[Any] | None:
    match workshop.step:
        case Step.WRITE | Step.READ:
            return Contribution.objects.filter(workshop=workshop, round=workshop.round)
        case Step.FEEL:
            return Feeling.objects.filter(workshop=workshop)
        case Step.LADDER:
            return workshop.rungs.filter(round=workshop.round, number=workshop.rung)
        case Step.ANSWER | Step.ADOPT:
            return ProposalAnswer.objects.filter(proposal__workshop=workshop, proposal__round=workshop.round)
    return None


def can_be_invited(workshop: Workshop) -> QuerySet[Member]:
    """Return the active members who were not invited yet, by name."""
    seated = Seat.objects.filter(workshop=workshop).exclude(invited_at=None, arrived_at=None)
    rows = Member.objects.filter(standing=Standing.ACTIVE).exclude(pk__in=seated.values("member_id"))
    return rows.order_by("name", "pk")


def reached_by_mail(people: list[Member]) -> int:
    """Return how many of these people hear of things by e-mail."""
    return sum(one.reach_by == ReachBy.EMAIL and one.account_id is not None for one in people)


def told_of(workshop: Workshop) -> QuerySet[Member]:
    """Return who hears that a step began: everybody who was invited or has arrived."""
    seats = Seat.objects.filter(workshop=workshop).exclude(invited_at=None, arrived_at=None)
    return Member.objects.filter(pk__in=seats.values("member_id"))


def invited_at(workshop: Workshop, moment: datetime) -> QuerySet[Member]:
    """Return who was invited at this moment."""
    seats = Seat.objects.filter(workshop=workshop, invited_at=moment)
    return Member.objects.filter(pk__in=seats.values("member_id"))


def people_here(workshop: Workshop) -> list[Seat]:
    """Return the seats of those who have arrived, by name (one query)."""
    rows = Seat.objects.filter(workshop=workshop, arrived_at__isnull=False)
    return list(rows.select_related("member").order_by("member__name", "pk"))


def warmest_words(workshop: Workshop) -> str:
    """Return the words at the heart of the warmest WHY, else of the warmest WHAT; empty where nothing is."""
    for part in (Part.WHY, Part.WHAT):
        filled = workshop.clusters.filter(part=part, contributions__isnull=False).distinct()
        clusters = list(filled.order_by("place"))
        if not clusters:
            continue
        scores = warmth_of(workshop)
        best = max(clusters, key=lambda cluster: (scores[cluster.pk], -cluster.place))
        texts = list(best.contributions.order_by("handle").values_list("words", flat=True))
        if texts:
            return texts[grouping.central(texts, workshop.language)]
    return ""


def warmth_of(workshop: Workshop) -> dict[int, int]:
    """Return how warm each group is, all feelings counted together."""
    scores: dict[int, int] = defaultdict(int)
    for cluster, warmth in Feeling.objects.filter(workshop=workshop).values_list("cluster_id", "warmth"):
        scores[cluster] += WARMTH[Warmth(warmth)]
    return scores


def by_part(rows: QuerySet[Contribution]) -> dict[str, list[Contribution]]:
    """Return contributions by their part, in an order that tells nothing."""
    found: dict[str, list[Contribution]] = {part: [] for part in Part}
    for row in rows.order_by("handle"):
        found[row.part].append(row)
    return found
