"""The interview: begin, write, set aside, adopt what was found."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid, NotFound
from hearth.core.text import is_blank, strip_controls
from hearth.members.models import Member
from hearth.purpose import policy
from hearth.purpose.actions.adopting import adopt
from hearth.purpose.enums import Ending, Speaks, Way
from hearth.purpose.growing import bare
from hearth.purpose.models import Interview, Statement
from hearth.purpose.parts import Parts
from hearth.purpose.parts import sentence as grown
from hearth.purpose.queries.wordings import fingerprint, sign_of

PARTS = ("who", "what_1", "what_2", "what_3", "why", "sentence")
# All that is typed is kept, also what is far too long to be adopted; no page sends more than this.
MOST_TYPED = 20_000


def begin(
    *, by: Member, language: str, parts: Parts | None = None, way: Way = Way.INTERVIEW, now: datetime
) -> Interview:
    """Begin an interview, with these parts where some are known already; the one that is going on where there is one.

    Refuses who may not lead one (NotAllowed).
    """
    policy.can_lead(by).require()
    said = parts or Parts()
    known = dict(zip(PARTS, (said.who, *said.whats, said.why), strict=False))
    interview, _made = Interview.objects.get_or_create(
        led_by=by,
        ending=Ending.OPEN,
        defaults={
            "community_id": by.community_id,
            "language": language,
            "way": way,
            "began_at": now,
            "changed_at": now,
            **known,
        },
    )
    return interview


def choose_language(*, by: Member, interview: Interview, language: str, now: datetime) -> Interview:
    """Write this interview in another language from now on; what stands there stays as it is."""
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        kept.language = language
        _save(kept, by, now, "language")
    return kept


def write(
    *, by: Member, interview: Interview, part: str, words: str, page: str = "", seen: str = "", now: datetime
) -> Interview:
    """Keep what was typed for a part: who, what_1 to what_3, why or sentence.

    page: which open page sends this; seen: the `fingerprint` of the words that stood there when it was opened. Conflict
    where another page, or the helper, has written other words since; without a page the words simply take their place. A
    sentence that is just as it has grown from the parts is none that was smoothed: it goes on growing with them.
    Refuses whoever may not write in it (NotAllowed) and an interview that has ended (Conflict).
    """
    if part not in PARTS:
        raise NotFound("")
    said = typed(words)
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        require_seen(kept, part, before=getattr(kept, part), words=said, page=page, seen=seen)
        if part == "sentence":
            kept.smoothed_from = grown(bare(kept.parts, kept.language), kept.language)
            said = "" if said == kept.smoothed_from else said
        setattr(kept, part, said)
        kept.typed_on[part] = page
        _save(kept, by, now, part, "typed_on", "smoothed_from")
    return kept


def say_how_it_speaks(
    *, by: Member, interview: Interview, organisation: Speaks | str, members: Speaks | str, now: datetime
) -> Interview:
    """Keep whether the sentence speaks to the organisation and to its members, as far as the writer can tell."""
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        kept.speaks_to_organisation, kept.speaks_to_members = organisation, members
        _save(kept, by, now, "speaks_to_organisation", "speaks_to_members")
    return kept


def set_aside(*, by: Member, interview: Interview, now: datetime) -> None:
    """End an interview without adopting anything; its words stay. Only who leads it may."""
    policy.can_lend(by, interview).require()
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        kept.ending = Ending.SET_ASIDE
        _save(kept, by, now, "ending")


def take_up(*, by: Member, interview: Interview, now: datetime) -> Interview:
    """Go on with an interview that was set aside. Conflict where another one goes on, or this one was adopted."""
    policy.can_lend(by, interview).require()
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=by.community_id)
        going_on = Interview.objects.filter(led_by=by, ending=Ending.OPEN).exists()
        kept = Interview.objects.get(pk=interview.pk)
        if going_on or kept.ending != Ending.SET_ASIDE:
            raise Conflict(_("Another interview goes on. Set that one aside first."))
        kept.ending = Ending.OPEN
        _save(kept, by, now, "ending")
    return kept


def adopt_interview(
    *,
    by: Member,
    interview: Interview,
    named: bool,
    replaces: int,
    same_goals: Collection[int] = (),
    seen: str = "",
    now: datetime,
) -> Statement:
    """Adopt what an interview found, and end it. Refusals as those of `adopt`, which leave the interview as it is.

    seen: the `sign_of` the words that were looked at; Conflict where the helper, or another page, wrote others since.

    named: whether who leads it is named beside the statement; who helped decides that alone, later.
    """
    with transaction.atomic():
        kept = locked(by=by, interview=interview)
        if seen and sign_of(kept.parts, kept.sentence) != seen:
            raise Conflict(_("The words have changed since you looked. Look at them once more."))
        people = [(kept.led_by, named)]
        if kept.typed_by is not None and kept.typed_by_id != kept.led_by_id:
            people.append((kept.typed_by, False))
        statement = adopt(
            by=by,
            community=by.community,
            language=kept.language,
            parts=bare(kept.parts, kept.language),
            sentence=kept.sentence,
            way=Way(kept.way),
            took_part=people,
            replaces=replaces,
            same_goals=same_goals,
            now=now,
        )
        kept.ending = Ending.ADOPTED
        _save(kept, by, now, "ending")
    return statement


def typed(words: str) -> str:
    """Return typed words as they are kept: all of them, without what does harm. Refuses what no page sends (Invalid)."""
    said = strip_controls(words).strip()
    if len(said) > MOST_TYPED:
        raise Invalid(_("This is far too long to be kept here. Keep it on your device."))
    return "" if is_blank(said) else said


def locked(*, by: Member, interview: Interview) -> Interview:
    """Return the interview as it is now, held until the transaction ends; refuse who may not write, and one that ended."""
    policy.can_write(by, interview).require()
    rows = Interview.objects.select_for_update(of=("self",)).select_related("led_by", "helper", "typed_by")
    kept = rows.get(pk=interview.pk)
    policy.can_write(by, kept).require()
    if kept.ending != Ending.OPEN:
        raise Conflict(_("This interview has ended. What was written in it is kept."))
    return kept


def require_seen(kept: Interview, key: str, *, before: str, words: str, page: str, seen: str) -> None:
    """Raise Conflict where somebody, or another open page, wrote other words than this page saw."""
    if not page or before in {"", words} or kept.typed_on.get(key) == page:
        return
    if fingerprint(before) != seen:
        raise Conflict(
            _("Other words were written here meanwhile, in another place. Both are below: choose.")
        )


def _save(kept: Interview, by: Member, now: datetime, *columns: str) -> None:
    if by.pk != kept.led_by_id:
        kept.typed_by = by
    kept.changed_at = now
    kept.save(update_fields=[*columns, "typed_by", "changed_at"])


def touch(kept: Interview, by: Member, now: datetime) -> None:
    """Remember that something of the interview was written now, and by whom."""
    _save(kept, by, now, "typed_on", "why")
