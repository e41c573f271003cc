"""Entrance: the compass page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearth.core.clock import now
from hearth.core.errors import NotFound
from hearth.members.doors import members_only
from hearth.members.requests import MemberRequest
from hearth.purpose import policy
from hearth.purpose.queries.compass import compass, period_before

MOST_BACK = 40


@require_safe
@members_only
def show(request: MemberRequest) -> HttpResponse:
    """Show for each goal what was done in three months; `?back=1` shows the three months before."""
    asked, moment = request.GET.get("back", "0"), now()
    if not asked.isdecimal() or len(asked) > 2 or int(asked) > MOST_BACK:
        raise NotFound("")
    back = int(asked)
    shown = {
        "compass": compass(request.member, request.community, period_before(moment, back), now=moment),
        "back": back,
        "may_adopt": policy.can_adopt(request.member),
    }
    return render(request, "purpose/compass.html", shown)
