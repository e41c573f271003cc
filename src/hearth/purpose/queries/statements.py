"""The statement that holds, its versions and translations."""

from datetime import datetime

from hearth.communities.models import Community
from hearth.purpose.models import Statement


def statement_that_holds(community: Community) -> Statement | None:
    """Return the version that was adopted last, with who adopted it (one query); None where none was adopted yet."""
    rows = Statement.objects.filter(community=community).select_related("adopted_by")
    return rows.order_by("-number").first()


def due(community: Community, now: datetime) -> Statement | None:
    """Return the statement that holds where its yearly re-check is due, else None (one query)."""
    held = statement_that_holds(community)
    return held if held is not None and held.recheck_at <= now else None
