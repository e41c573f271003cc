"""Entrances: see what Maria sees, and be oneself again."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearth.accounts.visitors import is_path_here
from hearth.core.clock import now
from hearth.members import looking
from hearth.members.doors import stewards_only
from hearth.members.requests import MemberRequest, PageRequest


@require_POST
@stewards_only
def look_as(request: MemberRequest) -> HttpResponse:
    """Begin to look as the invented member."""
    back = urlsplit(request.headers.get("Referer", "")).path
    looking.begin(
        request.session,
        community=request.community,
        back=back if is_path_here(request, back) else "",
        now=now(),
    )
    return redirect("today")


@require_POST
def look_as_end(request: PageRequest) -> HttpResponse:
    """Be oneself again; said twice, or by somebody who did not look, it changes nothing."""
    back = looking.end(request.session)
    if request.account is not None:
        messages.success(request, _("You are yourself again."))
    return redirect(back or get_script_prefix())
