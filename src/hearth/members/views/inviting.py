"""Entrances: write invitations, see the exact mails, send them, look after them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.core.clock import now
from hearth.core.errors import DomainError, NotFound
from hearth.core.http import page_number
from hearth.members import actions, mails, policy, queries
from hearth.members.doors import stewards_only
from hearth.members.enums import Role
from hearth.members.forms import InviteForm
from hearth.members.guests import one_row_more, spread
from hearth.members.models import Invitation
from hearth.members.requests import MemberRequest

INVITATIONS_PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def invite(request: MemberRequest) -> HttpResponse:
    """Write who is invited, and why; what was written and not sent yet stands there again."""
    language = request.community.language
    if request.method != "POST":
        form = InviteForm(initial=_written_before(request), first_language=language)
        return render(request, "members/invite.html", {"form": form})
    typed = spread(request.POST, language=language)
    if "more" in request.POST:
        form = InviteForm(initial=_as_typed(one_row_more(typed)), first_language=language)
        return render(request, "members/invite.html", {"form": form})
    form = InviteForm(typed, first_language=language)
    if not (form.is_valid() and _prepare(request, form)):
        return render(request, "members/invite.html", {"form": form}, status=422)
    return redirect("invite_check")


def _prepare(request: MemberRequest, form: InviteForm) -> bool:
    words = form.cleaned_data["words"].strip()
    try:
        actions.prepare_invitations(
            by=request.member,
            community=request.community,
            guests=form.guests,
            # Left as they stood there, the ready words reach each guest in the guest's language.
            words="" if words.split() == mails.ready_words().split() else words,
            words_language=get_language() or "",
            roles=[Role(role) for role in form.cleaned_data["roles"]],
            now=now(),
        )
    except DomainError as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _written_before(request: MemberRequest) -> dict[str, Any]:
    found = queries.prepared_by(request.member)
    if not found:
        return {"words": mails.ready_words()}
    known: dict[str, Any] = {
        "words": found[0].words or mails.ready_words(),
        "roles": found[0].roles,
        "rows": len(found),
    }
    for row, one in enumerate(found):
        known |= {f"name_{row}": one.name, f"email_{row}": one.email, f"language_{row}": one.language}
        known[f"sure_{row}"] = bool(queries.doubt_about(name=one.name, email=one.email))
    return known


def _as_typed(typed: QueryDict) -> dict[str, Any]:
    return {**typed.dict(), "roles": typed.getlist("roles")}


@require_safe
@stewards_only
def invite_check(request: MemberRequest) -> HttpResponse:
    """Show the exact mail that each guest will get. Nothing has been sent."""
    found = queries.prepared_by(request.member)
    if not found:
        return redirect("invite")
    return render(request, "members/invite_check.html", {"mails": [_shown(one) for one in found]})


def _shown(invitation: Invitation) -> dict[str, Any]:
    subject, text, _html = queries.invitation_mail(invitation)
    return {
        "invitation": invitation,
        "from": f"{mails.from_name(invitation)} <{mails.sender_address()}>",
        "to": f"{invitation.name} <{invitation.email}>",
        "subject": subject,
        "text": text,
        "words": mails.as_on_page(invitation),
    }


@require_POST
@stewards_only
def invite_send(request: MemberRequest) -> HttpResponse:
    """Send what was prepared and looked at. What another open page prepared since is shown first."""
    prepared, seen = queries.prepared_by(request.member), set(request.POST.getlist("seen"))
    if seen and not {one.public_id for one in prepared} <= seen:
        return redirect("invite_check")
    sent = len(actions.send_invitations(by=request.member, invitations=prepared, now=now()))
    if sent:
        said = ngettext(
            "%(count)d person is invited. The answer will stand here.",
            "%(count)d people are invited. Their answers will stand here.",
            sent,
        )
        messages.success(request, said % {"count": sent})
    return redirect("invitations")


@require_safe
@stewards_only
def invitations(request: MemberRequest) -> HttpResponse:
    """List who was invited and what came of it, the newest first."""
    pages = Paginator(queries.invitations(), INVITATIONS_PER_PAGE)
    number, moment = page_number(request), now()
    if number > pages.num_pages:
        raise NotFound("")
    page = pages.page(number)
    rows = [
        {
            "invitation": one,
            "is_over": one.is_over(moment),
            "can_send": bool(policy.can_send_again(request.member, one, moment)),
            "can_take_back": bool(policy.can_take_back(request.member, one)),
        }
        for one in page.object_list
    ]
    waiting = len(queries.prepared_by(request.member))
    return render(request, "members/invitations.html", {"page": page, "rows": rows, "waiting": waiting})


@require_POST
@stewards_only
def invitation_again(request: MemberRequest, invitation: str) -> HttpResponse:
    """Send the mail once more."""
    found = queries.invitation_by_id(invitation)
    actions.send_again(by=request.member, invitation=found, now=now())
    messages.success(request, _("The invitation goes to %(name)s once more.") % {"name": found.name})
    return redirect("invitations")


@require_POST
@stewards_only
def invitation_take_back(request: MemberRequest, invitation: str) -> HttpResponse:
    """Let the link open nothing any more."""
    found = queries.invitation_by_id(invitation)
    actions.take_back(by=request.member, invitation=found, now=now())
    messages.success(request, _("Taken back. The link to %(name)s opens nothing now.") % {"name": found.name})
    return redirect("invitations")
