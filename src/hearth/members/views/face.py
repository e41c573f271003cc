"""Entrances: how the community shows itself: name, letters, logo, colour."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearth.communities import actions
from hearth.communities.actions import Face
from hearth.communities.colours import PALETTE, in_words, lighter_for_dark
from hearth.communities.forms import OWN, FaceForm, LogoForm
from hearth.communities.models import Community
from hearth.core.clock import now
from hearth.core.errors import DomainError
from hearth.core.http import posted
from hearth.members.doors import stewards_only
from hearth.members.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def face(request: MemberRequest) -> HttpResponse:
    """Change name, letters and colour; `look` shows them by day and by night first, and keeps nothing."""
    kept = _kept(request.community)
    form = FaceForm(posted(request), initial=_initial(kept))
    if not form.is_valid():
        return _page(request, form, LogoForm(), kept, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    chosen = Face(name=said["name"], mark=said["mark"], accent=said["accent"])
    if "look" in request.POST:
        return _page(request, form, LogoForm(), chosen, only_looks=True)
    try:
        actions.change_face(by=request.member, community=request.community, face=chosen, now=now())
    except DomainError as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, form, LogoForm(), kept, status=refusal.status)
    messages.success(request, _("It is kept. Everybody sees it in a few seconds."))
    return redirect("face")


@require_POST
@stewards_only
def logo(request: MemberRequest) -> HttpResponse:
    """Show a picture as the logo."""
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid() and _keep_logo(request, form):
        messages.success(request, _("Your logo is there. Everybody sees it in a few seconds."))
        return redirect("face")
    kept = _kept(request.community)
    return _page(request, FaceForm(initial=_initial(kept)), form, kept, status=422)


def _keep_logo(request: MemberRequest, form: LogoForm) -> bool:
    upload, by, community = form.cleaned_data["logo"], request.member, request.community
    try:
        kept = actions.store_logo(
            by=by,
            community=community,
            upload=upload,
            name=upload.name,
            shows=form.cleaned_data["shows"],
            now=now(),
        )
        actions.set_logo(by=by, community=community, logo=kept, now=now())
    except DomainError as refusal:
        form.add_error("logo", refusal.reason)
        return False
    return True


@require_POST
@stewards_only
def logo_remove(request: MemberRequest) -> HttpResponse:
    """Show no logo any more."""
    actions.set_logo(by=request.member, community=request.community, logo=None, now=now())
    messages.success(request, _("The logo is gone. The letters or the flame stand there again."))
    return redirect("face")


def _kept(community: Community) -> Face:
    return Face(name=community.name, mark=community.mark, accent=community.accent.upper())


def _initial(kept: Face) -> dict[str, str]:
    named = kept.accent in dict(PALETTE)
    return {
        "name": kept.name,
        "mark": kept.mark,
        "colour": kept.accent if named else OWN,
        "own": "" if named else kept.accent,
    }


def _page(
    request: MemberRequest,
    form: FaceForm,
    logo_form: LogoForm,
    shown: Face,
    *,
    only_looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    dark = lighter_for_dark(shown.accent)
    page: dict[str, Any] = {
        "form": logo_form if logo_form.errors else form,
        "face_form": form,
        "logo_form": logo_form,
        "face": shown,
        "colours": f"{shown.accent[1:]}-{dark[1:]}".lower(),
        "contrast": in_words(shown.accent),
        "only_looks": only_looks,
    }
    return render(request, "members/face.html", page, status=status)
