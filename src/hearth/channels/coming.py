"""Where an operator came from to set up mail, so that the pages lead back there: mostly the first run of a community."""

from django.http import HttpRequest
from django.urls import reverse

from hearth.accounts import visitors

_KEPT = "mail_came_from"


def remember(request: HttpRequest) -> None:
    """Keep the place that `?next=` names, for this session."""
    if asked := visitors.next_path(request):
        request.session[_KEPT] = asked


def place(request: HttpRequest) -> str:
    """Return the path to which "Later" and "Done" lead."""
    return str(request.session.get(_KEPT) or reverse("home"))
