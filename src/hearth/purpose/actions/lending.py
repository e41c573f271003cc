"""Let one other member write in an interview, and take that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.core.errors import Invalid
from hearth.happenings import actions as happenings
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.purpose import policy
from hearth.purpose.actions.interviewing import locked
from hearth.purpose.models import Interview


def lend(*, by: Member, interview: Interview, to: Member, now: datetime) -> Interview:
    """Let this member read the interview and write in it, in place of whoever could before.

    Refuses anybody but its leader (NotAllowed), and somebody who is no active member, or oneself (Invalid). Records
    `interview_lent`.
    """
    policy.can_lend(by, interview).require()
    if to.standing != Standing.ACTIVE or to.pk == by.pk or to.community_id != by.community_id:
        raise Invalid(_("Choose another member of this community."))
    return _lend_to(by, interview, to, "interview_lent", now)


def take_back(*, by: Member, interview: Interview, now: datetime) -> Interview:
    """Let nobody else read the interview from now on. What was written stays. Records `interview_taken_back`."""
    policy.can_lend(by, interview).require()
    return _lend_to(by, interview, None, "interview_taken_back", now)


def _lend_to(by: Member, interview: Interview, to: Member | None, kind: str, now: datetime) -> Interview:
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        kept.helper = to
        kept.save(update_fields=["helper"])
        happenings.record(
            kind,
            community=by.community,
            by=by.pk,
            subject_kind="interview",
            subject_id=kept.pk,
            now=now,
        )
    return kept
