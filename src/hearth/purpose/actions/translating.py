"""Translations of the statement: proposed by a member, checked by another person, then shown."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearth.communities.models import Community
from hearth.core.errors import Conflict, Invalid
from hearth.happenings import actions as happenings
from hearth.members.models import Member
from hearth.purpose import policy
from hearth.purpose.actions.adopting import checked_sentence, columns_of, show, tidy
from hearth.purpose.enums import Check
from hearth.purpose.models import Statement, StatementText
from hearth.purpose.parts import FRAMES, Parts
from hearth.purpose.parts import sentence as grown
from hearth.purpose.queries import statement_that_holds
from hearth.purpose.queries.wordings import sign


def translate(
    *,
    by: Member,
    statement: Statement,
    language: str,
    parts: Parts,
    sentence: str = "",
    seen: str = "",
    now: datetime,
) -> StatementText:
    """Keep a translation as a draft, in place of the one that was there in this language; nobody is shown it as checked.

    seen: the `fingerprint` of the sentence that stood there when the page was opened. Refuses a version that holds no more
    and words that somebody changed meanwhile (Conflict), the language of the statement itself, one that is not known and
    parts that are missing or too long (Invalid), and who may not translate (NotAllowed). Records `purpose_translated`.
    """
    policy.can_translate(by).require()
    if language == statement.language or not is_known(language, by.community):
        raise Invalid(_("Choose a language other than that of the statement."))
    said = tidy(parts)
    words = {**columns_of(said), "sentence": checked_sentence(sentence) or grown(said, language)}
    with transaction.atomic():
        _lock(by.community, statement)
        before = StatementText.objects.filter(statement=statement, language=language).first()
        if before is not None:
            policy.can_rewrite(by, before).require()
            _require_seen(before, seen)
        text, _made = StatementText.objects.update_or_create(
            statement=statement, language=language, defaults={**words, **_as_draft(by, now)}
        )
        _show_checked(by.community, statement)
        _record("purpose_translated", by, text, now)
    return text


def check_text(*, by: Member, text: StatementText, seen: str, now: datetime) -> StatementText:
    """Say that a translation is right: from now on pages show it to those who read in its language.

    seen: the `fingerprint` of the sentence that was read. Refuses who may not, above all who wrote it (NotAllowed), and
    words that were changed meanwhile (Conflict). Records `purpose_translation_checked`.
    """
    with transaction.atomic():
        _lock(by.community, text.statement)
        kept = StatementText.objects.get(pk=text.pk)
        policy.can_check(by, kept).require()
        _require_seen(kept, seen)
        kept.status, kept.checked_by, kept.checked_at = Check.CHECKED, by, now
        kept.save(update_fields=["status", "checked_by", "checked_at"])
        _show_checked(by.community, text.statement)
        _record("purpose_translation_checked", by, kept, now)
    return kept


def is_known(language: str, community: Community) -> bool:
    """Say whether a purpose can be written in this language: one of the community's, or one that has a frame."""
    return language in FRAMES or language in community.languages


def _lock(community: Community, statement: Statement) -> None:
    # Adopting and translating both write the sentences of the community: one after the other.
    Community.objects.select_for_update().get(pk=community.pk)
    held = statement_that_holds(community)
    if held is None or held.pk != statement.pk:
        raise Conflict(_("Another purpose was adopted meanwhile. Look at it first. Your words are kept."))


def _as_draft(by: Member, now: datetime) -> dict[str, object]:
    written = {"community_id": by.community_id, "written_by": by, "written_at": now}
    return {**written, "status": Check.DRAFT, "checked_by": None, "checked_at": None}


def _require_seen(text: StatementText, seen: str) -> None:
    if sign(text) != seen:
        raise Conflict(_("Somebody else changed this translation meanwhile. Both are below: choose."))


def _show_checked(community: Community, statement: Statement) -> None:
    rows = StatementText.objects.filter(statement=statement, status=Check.CHECKED).order_by("language")
    pairs = [[text.language, text.sentence] for text in rows]
    show(community, [[statement.language, statement.sentence], *pairs])


def _record(kind: str, by: Member, text: StatementText, now: datetime) -> None:
    happenings.record(
        kind,
        community=by.community,
        by=by.pk,
        subject_kind="statement",
        subject_id=text.statement_id,
        now=now,
        data={"language": text.language},
    )
