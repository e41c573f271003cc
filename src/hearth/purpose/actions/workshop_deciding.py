"""Say how things feel, propose, answer, adopt."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.members.models import Member
from hearth.purpose.actions.adopting import adopt
from hearth.purpose.actions.workshop_leading import hold, touch
from hearth.purpose.actions.workshop_taking_part import seat_of, tidy_line
from hearth.purpose.enums import Ending, Side, Step, Warmth, Way
from hearth.purpose.models import (
    Cluster,
    Feeling,
    Proposal,
    ProposalAnswer,
    Seat,
    Statement,
    Workshop,
)
from hearth.purpose.parts import MOST_WHAT, MOST_WHO, MOST_WHY, Parts, sentence
from hearth.purpose.policy import workshops as policy
from hearth.purpose.queries.wordings import fingerprint
from hearth.purpose.queries.workshops import row_name

MOST_REASON = 160


def feel(*, by: Member, workshop: Workshop, handle: str, warmth: Warmth, why: str) -> Feeling:
    """Say how a group of contributions feels to oneself, with a word why; saying it again changes it."""
    word = tidy_line(why, MOST_REASON)
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_part(seat_of(held, by), held).require()
        cluster = Cluster.objects.filter(workshop=held, handle=row_name(handle)).first()
        if cluster is None:
            raise NotFound("")
        feeling, _made = Feeling.objects.update_or_create(
            cluster=cluster,
            author=by,
            defaults={
                "warmth": warmth,
                "why": word,
                "workshop": held,
                "community_id": held.community_id,
            },
        )
        touch(held, lead_only=held.step == Step.FEEL)
    return feeling


def propose(*, by: Member, workshop: Workshop, place: int, parts: Parts, version: int) -> Proposal:
    """Write one of the two proposals, as far as it has come. `version` is the one that the writer saw.

    Conflict where somebody else wrote meanwhile, or the step is over; nothing that was typed is lost then.
    """
    said = _tidy(parts)
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_part(seat_of(held, by), held).require()
        rows = Proposal.objects.filter(workshop=held, round=held.round, place=place)
        if held.step != Step.PROPOSE:
            raise Conflict(_("The workshop has moved on. The proposals stay as they are."))
        changed = rows.filter(version=version).update(
            who=said.who,
            what_1=said.whats[0],
            what_2=said.whats[1],
            what_3=said.whats[2],
            why=said.why,
            version=version + 1,
        )
        if not changed:
            raise Conflict(_("Somebody else changed this proposal meanwhile. Your words are still here."))
        held.drafts.filter(member=by, place__startswith=f"proposal-{place}-").delete()
        touch(held)
    return rows.get()


def answer_proposal(
    *, by: Member, workshop: Workshop, place: int, side: Side, warmth: Warmth, why: str
) -> ProposalAnswer:
    """Say how a proposal speaks to the organisation (as staff) or to oneself (as member); saying it again changes it."""
    word = tidy_line(why, MOST_REASON)
    with transaction.atomic():
        held = hold(workshop)
        seat = seat_of(held, by)
        policy.can_take_part(seat, held).require()
        assert seat is not None
        policy.can_answer_for(seat, side).require()
        if held.step not in {Step.ANSWER, Step.ADOPT}:
            raise Conflict(_("The workshop has moved on. Look at the proposals again first."))
        proposal = _proposal(held, place)
        answer, _made = ProposalAnswer.objects.update_or_create(
            proposal=proposal,
            author=by,
            side=side,
            defaults={"warmth": warmth, "why": word, "community_id": held.community_id},
        )
        touch(held, lead_only=held.step == Step.ANSWER)
    return answer


def adopt_proposal(
    *, by: Member, workshop: Workshop, place: int, replaces: int, seen: str = "", now: datetime
) -> Statement:
    """Make a proposal the purpose of the community, and end the workshop. From then on nobody can find out who said what.

    Refuses what `adopt` refuses; Conflict where another purpose was adopted meanwhile (`replaces`), or where the proposal
    is not the one that was looked at. seen: the `fingerprint` of its sentence.
    """
    with transaction.atomic():
        held = hold(workshop)
        if held.step != Step.ADOPT:
            raise Conflict(_("The workshop is not at this step. Look at the page again first."))
        proposal = _proposal(held, place)
        if seen and fingerprint(sentence(proposal.parts, held.language)) != seen:
            raise Conflict(_("The workshop has moved on. Look at the proposals again first."))
        seats = Seat.objects.filter(workshop=held, arrived_at__isnull=False).select_related("member")
        statement = adopt(
            by=by,
            community=held.community,
            language=held.language,
            parts=proposal.parts,
            way=Way.WORKSHOP,
            took_part=[(seat.member, seat.named) for seat in seats.order_by("pk")],
            replaces=replaces,
            now=now,
        )
        held.statement = statement
        _end(held, Ending.ADOPTED)
    return statement


def set_aside(*, by: Member, workshop: Workshop) -> None:
    """End the workshop without a purpose. What was said stays readable for those who were in it; who said it goes."""
    with transaction.atomic():
        held = hold(workshop)
        policy.can_take_over(by, held).require()
        _end(held, Ending.SET_ASIDE)


def _proposal(held: Workshop, place: int) -> Proposal:
    found = held.proposals.filter(round=held.round, place=place).first() if place in {1, 2} else None
    if found is None:
        raise NotFound("")
    return found


def _end(held: Workshop, ending: Ending) -> None:
    held.ending = ending
    held.save(update_fields=["ending", "statement"])
    answers = ProposalAnswer.objects.filter(proposal__workshop=held)
    for said in (held.contributions.all(), held.feelings.all(), held.rungs.all(), answers):
        _unsign(said)
    held.drafts.all().delete()
    touch(held)


def _unsign(said: QuerySet[Any]) -> None:
    """Let go of who said it, and write the rows anew in the order of their handles: their keys told who came when."""
    rows = list(said.order_by("handle"))
    said.delete()
    for row in rows:
        row.pk, row.author = None, None
    said.model._default_manager.bulk_create(rows)


def _tidy(parts: Parts) -> Parts:
    who, why = tidy_line(parts.who, MOST_WHO), tidy_line(parts.why, MOST_WHY)
    first, second, third = (tidy_line(what, MOST_WHAT) for what in parts.whats)
    if not any((who, first, second, third, why)):
        raise Invalid(_("Nothing is written here yet. A few words are enough."))
    return Parts(who, (first, second, third), why)
