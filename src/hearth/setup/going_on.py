"""The way back to the first steps, on the pages where one of them ends: the purpose, invitations, the face."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.members.requests import MemberRequest
from hearth.ui.onward import Onward

_KEPT = "first_steps_of"
_LANDINGS = frozenset({"purpose", "interview", "workshops", "workshop", "invitations", "face"})


def remember(request: MemberRequest, *, waits: bool) -> None:
    """Keep for this session whether this person is in the middle of the first steps: until none waits any more.

    In a sample community nothing is to be set up.
    """
    if waits and not request.community.is_sample:
        request.session[_KEPT] = request.community.public_id
    else:
        request.session.pop(_KEPT, None)


def way_back(request: HttpRequest) -> Onward | None:
    """Return the way to all steps for a steward who came from them; for everybody else nothing. It costs no query."""
    here, member = request.resolver_match, getattr(request, "member", None)
    if here is None or here.url_name not in _LANDINGS or member is None or not member.is_steward:
        return None
    if request.session.get(_KEPT) != request.community.public_id:  # type: ignore[attr-defined]  # set beside member
        return None
    return Onward(_("Go on with the first steps"), reverse("begin_tasks"))
