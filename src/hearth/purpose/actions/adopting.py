"""Adopt a statement: what it says, its goals, who took part, and the sentence that every page shows."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.communities.queries import forget
from hearth.core.errors import Conflict, Invalid
from hearth.core.text import fold, is_blank, strip_controls
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.purpose import policy
from hearth.purpose.enums import Way
from hearth.purpose.models import Goal, GoalWording, Statement, TookPart
from hearth.purpose.parts import MOST_SENTENCE, MOST_WHAT, MOST_WHO, MOST_WHY, Parts
from hearth.purpose.parts import sentence as grown
from hearth.purpose.queries import statement_that_holds
from hearth.purpose.queries.wordings import length_refusal

RECHECK_AFTER = timedelta(days=365)


def adopt(
    *,
    by: Member,
    community: Community,
    language: str,
    parts: Parts,
    sentence: str = "",
    way: Way,
    took_part: Sequence[tuple[Member, bool]] = (),
    replaces: int,
    same_goals: Collection[int] = (),
    now: datetime,
) -> Statement:
    """Make this the purpose of the community, as its next version; pages show its sentence from now on.

    Without a sentence the frame of the language makes one. took_part: people, each with whether they agreed to be named.
    replaces: the number of the statement that held when the adopter looked, 0 for none; Conflict where another was adopted
    meanwhile. A WHAT whose words stay keeps its goal; one whose place is in `same_goals` is the goal that stands there now,
    in new words; any other is a new goal, and goals that are no longer named end. Refuses who is no steward (NotAllowed), a
    part that is missing or too long (Invalid). Records `purpose_adopted`.
    """
    policy.can_adopt(by).require()
    said = tidy(parts)
    words = {**columns_of(said), "language": language, "sentence": checked_sentence(sentence)}
    words["sentence"] = words["sentence"] or grown(said, language)
    with transaction.atomic():
        # Two adopting at one moment wait here for each other, and so do translations, which keep the same sentences.
        Community.objects.select_for_update().get(pk=community.pk)
        _require_unchanged(community, replaces)
        statement = _new_version(community, by, words, Way(way), replaces + 1, now)
        _set_goals(statement, same_goals, now)
        _keep_people(statement, took_part)
        show(community, [[language, statement.sentence]])
    return statement


def tidy(parts: Parts) -> Parts:
    """Return the parts without what nobody sees; raise Invalid where one is missing or too long to be adopted."""
    who, why = _line(parts.who), _line(parts.why)
    first, second, third = (_line(what) for what in parts.whats)
    whats = (first, second, third)
    named = [(_("Who"), who, MOST_WHO), *((_("What"), what, MOST_WHAT) for what in whats)]
    for name, words, most in [*named, (_("Why"), why, MOST_WHY)]:
        if is_blank(words):
            raise Invalid(_("“%(part)s” is still empty. Write a few words there.") % {"part": name})
        require_short(words, most)
    return Parts(who, whats, why)


def columns_of(parts: Parts) -> dict[str, str]:
    """Return the parts by the names of the columns in which they are kept."""
    first, second, third = parts.whats
    return {"who": parts.who, "what_1": first, "what_2": second, "what_3": third, "why": parts.why}


def require_short(words: str, most: int) -> None:
    """Raise Invalid, saying by how much, where words are longer than may be."""
    if refusal := length_refusal(words, most):
        raise Invalid(refusal)


def checked_sentence(sentence: str) -> str:
    """Return the sentence in one line, empty where none was written; refuse one that is too long (Invalid)."""
    words = " ".join(strip_controls(sentence).split())
    require_short(words, MOST_SENTENCE)
    return "" if is_blank(words) else words


def show(community: Community, sentences: list[list[str]]) -> None:
    """Keep what every page shows: pairs of language and sentence. Inside the caller's transaction."""
    Community.objects.filter(pk=community.pk).update(purpose_sentences=sentences)
    community.purpose_sentences = sentences
    transaction.on_commit(lambda: forget(community))


def _line(words: str) -> str:
    return " ".join(strip_controls(words).split()).rstrip(" .,;")


def _require_unchanged(community: Community, replaces: int) -> None:
    held = statement_that_holds(community)
    if (held.number if held else 0) == replaces:
        return
    if held is None or held.adopted_by is None:
        raise Conflict(_("Another purpose was adopted meanwhile. Look at it first. Your words are kept."))
    said = _("%(name)s adopted a purpose meanwhile: “%(sentence)s” Your words are kept.")
    raise Conflict(said % {"name": held.adopted_by.name, "sentence": held.sentence})


def _new_version(
    community: Community, by: Member, words: dict[str, str], way: Way, number: int, now: datetime
) -> Statement:
    statement = Statement.objects.create(
        community=community,
        number=number,
        way=way,
        adopted_at=now,
        adopted_by=by,
        recheck_at=now + RECHECK_AFTER,
        **words,
    )
    happenings.record(
        "purpose_adopted",
        community=community,
        by=by.pk,
        subject_kind="statement",
        subject_id=statement.pk,
        now=now,
        data={"number": number},
    )
    return statement


def _set_goals(statement: Statement, same_goals: Collection[int], now: datetime) -> None:
    whats = dict(enumerate(statement.parts.whats, 1))
    kept = _kept_goals(whats, same_goals)
    # All end first: while goals change places, two would stand in one (the unique key of goals that hold).
    Goal.objects.filter(ended_at=None).update(ended_at=now)
    for place, words in whats.items():
        said = {"place": place, "words": words, "language": statement.language}
        goal = kept.get(place)
        if goal is None:
            goal = Goal.objects.create(community_id=statement.community_id, began_at=now, **said)
        else:
            Goal.objects.filter(pk=goal.pk).update(ended_at=None, **said)
        GoalWording.objects.create(
            community_id=statement.community_id, goal=goal, statement=statement, words=words
        )


def _kept_goals(whats: dict[int, str], same_goals: Collection[int]) -> dict[int, Goal]:
    """Return, by new place, the goals that go on: first those whose words stay, wherever they stood before."""
    held = list(Goal.objects.filter(ended_at=None).order_by("place"))
    kept: dict[int, Goal] = {}
    for place, words in whats.items():
        same = next((goal for goal in held if fold(goal.words) == fold(words)), None)
        if same is not None:
            kept[place] = same
            held.remove(same)
    for place in set(whats) & set(same_goals) - set(kept):
        there = next((goal for goal in held if goal.place == place), None)
        if there is not None:
            kept[place] = there
            held.remove(there)
    return kept


def _keep_people(statement: Statement, took_part: Sequence[tuple[Member, bool]]) -> None:
    people = {member.pk: named for member, named in took_part}
    TookPart.objects.bulk_create(
        TookPart(community_id=statement.community_id, statement=statement, member_id=pk, named=named)
        for pk, named in people.items()
    )
