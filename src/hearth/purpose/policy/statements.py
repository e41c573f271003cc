"""Who may adopt a statement, translate it and look after it."""

from django.utils.translation import gettext as _

from hearth.core.verdicts import YES, Verdict, no
from hearth.members.enums import Standing
from hearth.members.models import Member
from hearth.purpose.enums import Check
from hearth.purpose.models import StatementText


def can_adopt(member: Member | None) -> Verdict:
    """Say whether the member may adopt a purpose for the community, or say that it still holds: stewards only."""
    if member is not None and member.is_steward and member.standing == Standing.ACTIVE:
        return YES
    return no(_("A steward of this community does that. Ask one of them."))


def can_translate(member: Member | None) -> Verdict:
    """Say whether the member may propose a translation: any active member."""
    if member is not None and member.standing == Standing.ACTIVE:
        return YES
    return no(_("Sign in first."))


def can_rewrite(member: Member | None, text: StatementText) -> Verdict:
    """Say whether the member may put other words in place of a translation: any draft; what was checked, stewards only."""
    if text.status == Check.DRAFT:
        return can_translate(member)
    if can_adopt(member):
        return YES
    return no(_("This translation was checked. Tell a steward what is wrong with it."))


def can_check(member: Member | None, text: StatementText) -> Verdict:
    """Say whether the member may mark a translation as checked: a steward, or a member who speaks the language.

    Never who wrote it: a second person reads it.
    """
    if member is None or member.standing != Standing.ACTIVE:
        return no(_("Sign in first."))
    if text.written_by_id == member.pk:
        return no(_("Another person checks what you wrote."))
    if member.is_steward or text.language in member.languages:
        return YES
    return no(_("Somebody who speaks this language checks it. Say in your profile that you do."))
