"""The statement that holds, its versions, its translations, and who took part."""

from dataclasses import dataclass
from datetime import datetime

from hearth.communities.models import Community
from hearth.core.errors import NotFound
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.purpose.enums import Check
from hearth.purpose.models import GoalWording, Statement, StatementText, TookPart
from hearth.purpose.parts import Parts


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as one reader sees it: in which language, its parts, its sentence, whether these are the words adopted."""

    language: str
    parts: Parts
    sentence: str
    is_original: bool


def statement_that_holds(community: Community) -> Statement | None:
    """Return the version that was adopted last, with who adopted it (one query); None where none was adopted yet."""
    rows = Statement.objects.filter(community=community).select_related("adopted_by")
    return rows.order_by("-number").first()


def held_or_not_found(community: Community) -> Statement:
    """Return the statement that holds; NotFound where none was adopted yet."""
    held = statement_that_holds(community)
    if held is None:
        raise NotFound("")
    return held


def due(community: Community, now: datetime) -> Statement | None:
    """Return the statement that holds where its yearly re-check is due, else None (one query)."""
    held = statement_that_holds(community)
    return held if held is not None and held.recheck_at <= now else None


def texts_of(statement: Statement) -> list[StatementText]:
    """Return the translations by language, with who wrote and who checked each (one query)."""
    rows = StatementText.objects.filter(statement=statement).select_related("written_by", "checked_by")
    return list(rows.order_by("language"))


def text_in(statement: Statement, language: str) -> StatementText | None:
    """Return the translation into this language, or None."""
    rows = StatementText.objects.filter(statement=statement, language=language)
    return rows.select_related("written_by", "checked_by", "statement").first()


def wording(statement: Statement, texts: list[StatementText], language: str) -> Wording:
    """Return the statement in this language where a checked translation is among these, else as it was adopted."""
    for text in texts:
        if text.language == language and text.status == Check.CHECKED:
            return Wording(text.language, text.parts, text.sentence, is_original=False)
    return Wording(statement.language, statement.parts, statement.sentence, is_original=True)


def wording_for_reader(community: Community) -> Wording | None:
    """Return the statement that holds as this reader sees it, None where there is none (two queries at most)."""
    held = statement_that_holds(community)
    if held is None:
        return None
    language = community.purpose_language
    return wording(held, texts_of(held) if language != held.language else [], language)


def people_named(statement: Statement) -> list[Member]:
    """Return who took part in finding it and agreed to be named, by name (one query). Nobody who has left."""
    rows = TookPart.objects.filter(statement=statement, named=True).exclude(member__standing=Standing.LEFT)
    return [row.member for row in rows.select_related("member__photo").order_by("member__name", "pk")]


def own_part(statement: Statement, member: Member | None) -> TookPart | None:
    """Return this member's part in finding the statement, or None."""
    return TookPart.objects.filter(statement=statement, member=member).first() if member else None


def versions(community: Community) -> list[Statement]:
    """Return every version, the newest first, each with `goals_named`: the goals' wordings in their places (two queries)."""
    rows = list(
        Statement.objects.filter(community=community).select_related("adopted_by").order_by("-number")
    )
    wordings: dict[int, list[GoalWording]] = {row.pk: [] for row in rows}
    for one in GoalWording.objects.filter(statement__in=rows).select_related("goal").order_by("pk"):
        wordings[one.statement_id].append(one)
    for row in rows:
        row.goals_named = wordings[row.pk]  # type: ignore[attr-defined]  # read by the page
    return rows
