"""Entrances: the people of a community."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.core.clock import now
from hearth.core.errors import DomainError, NotFound
from hearth.core.http import page_number, posted, uploaded
from hearth.files.actions import store_photo
from hearth.files.forms import PhotoForm
from hearth.members import actions, looking, queries
from hearth.members.doors import members_only
from hearth.members.enums import ReachBy
from hearth.members.forms import ProfileForm
from hearth.members.requests import MemberRequest

PEOPLE_PER_PAGE = 30


@require_safe
@members_only
def people(request: MemberRequest) -> HttpResponse:
    """Show the members by name, on real pages."""
    pages = Paginator(queries.people(), PEOPLE_PER_PAGE)
    number = page_number(request)
    if number > pages.num_pages:
        raise NotFound("")
    shown = {"page": pages.page(number), "pages": pages.num_pages}
    shown["invented"] = looking.name_in(request.community.language)
    return render(request, "members/people.html", shown)


@require_safe
@members_only
def person(request: MemberRequest, person: str) -> HttpResponse:
    """Show what one member tells the others."""
    return render(request, "members/person.html", {"person": queries.person_by_id(request.member, person)})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def profile(request: MemberRequest) -> HttpResponse:
    """Change one's own profile."""
    me = request.member
    known = {"name": me.name, "name_also": me.name_also, "about": me.about, "reach_by": me.reach_by}
    form = ProfileForm(posted(request), initial=known)
    if not form.is_valid():
        return render(request, "members/profile.html", {"form": form}, status=422 if form.is_bound else 200)
    said = {**form.cleaned_data, "reach_by": ReachBy(form.cleaned_data["reach_by"])}
    new = actions.Profile(languages=tuple(me.languages), **said)
    actions.change_profile(by=me, whose=me, profile=new, now=now())
    messages.success(request, _("Your profile is kept."))
    return redirect("person", person=me.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def photo(request: MemberRequest) -> HttpResponse:
    """Show a photo of oneself to the others; without one, the mark made of initials stands there."""
    form = PhotoForm(posted(request), uploaded(request))
    if not form.is_valid():
        return render(request, "members/photo.html", {"form": form}, status=422 if form.is_bound else 200)
    me, upload = request.member, form.cleaned_data["photo"]
    try:
        kept = store_photo(upload, community=request.community, owner_id=me.pk, name=upload.name, now=now())
    except DomainError as refused:
        form.add_error("photo", refused.reason)
        return render(request, "members/photo.html", {"form": form}, status=refused.status)
    actions.set_photo(by=me, photo=kept, now=now())
    messages.success(request, _("Your photo is there."))
    return redirect("person", person=me.public_id)


@require_POST
@members_only
def photo_remove(request: MemberRequest) -> HttpResponse:
    """Take one's photo away again."""
    actions.set_photo(by=request.member, photo=None, now=now())
    messages.success(request, _("Your photo is gone."))
    return redirect("person", person=request.member.public_id)
