"""Drafts: what somebody is writing is never lost."""

from datetime import datetime, timedelta

from hearth.conversations.models import Draft
from hearth.conversations.words import MOST_LETTERS, MOST_TITLE
from hearth.core.tenancy import across_communities
from hearth.core.text import strip_controls
from hearth.members.models import Member

KEPT_FOR = timedelta(days=30)


def save_draft(*, by: Member, place: str, title: str, text: str, now: datetime) -> Draft | None:
    """Keep what the member has typed at this place so far; empty text lets the draft go. The newest one stays."""
    if not text.strip() and not title.strip():
        drop_draft(by=by, place=place)
        return None
    draft, _made = Draft.objects.update_or_create(
        member=by,
        place=place[:60],
        defaults={
            "community_id": by.community_id,
            "title": strip_controls(title)[:MOST_TITLE],
            "text": strip_controls(text)[:MOST_LETTERS],
            "updated_at": now,
        },
    )
    return draft


def drop_draft(*, by: Member, place: str) -> None:
    """Let a draft go."""
    Draft.objects.filter(member=by, place=place[:60]).delete()


def forget_drafts(*, now: datetime) -> int:
    """Delete the drafts that nobody touched for 30 days; return how many. Called by the schedule."""
    with across_communities():
        return Draft.objects.filter(updated_at__lt=now - KEPT_FOR).delete()[0]
