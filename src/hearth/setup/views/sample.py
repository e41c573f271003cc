"""Entrances of the first run: the sample network's door."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearth.accounts.sessions import sign_in_as_sample
from hearth.communities import links
from hearth.core.errors import NotFound
from hearth.members.doors import operators_only
from hearth.members.requests import NetworkRequest
from hearth.setup import actions, queries


@require_http_methods(["GET", "HEAD", "POST"])
def sample_door(request: NetworkRequest) -> HttpResponse:
    """Show the cast of the sample network; POST comes in as one of them. Not there unless the sample door is open."""
    if not settings.SAMPLE_DOOR:
        raise NotFound("")
    if request.method != "POST":
        return render(request, "setup/sample.html", queries.sample_cast())
    account, community = queries.sample_choice(
        member=request.POST.get("member", ""), account=request.POST.get("account", "")
    )
    sign_in_as_sample(request, account)
    return redirect(f"{links.base(community)}/" if community else "outbox")


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def sample_remove(request: NetworkRequest) -> HttpResponse:
    """Take the sample network out, after one page that says what goes."""
    if request.method != "POST":
        return render(request, "setup/remove.html", {"communities": queries.sample_communities()})
    actions.remove_sample()
    messages.success(request, _("The sample network is gone."))
    return redirect("home")
