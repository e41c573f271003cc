"""Pages for when something cannot be done: what happened, and what the person can do. Nobody is blamed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Trouble:
    """The words for one status."""

    title: str | Promise
    reason: str | Promise
    next: str | Promise


TROUBLES = {
    400: Trouble(
        _("This page could not be read"),
        _("Something in the address or the form was not as we expected."),
        _("Go back and try it once more."),
    ),
    403: Trouble(
        _("This is not open to you"),
        _("Your place in this community does not include this page."),
        _("If you think it should, ask a person to help you."),
    ),
    404: Trouble(
        _("There is no such page"),
        _("The address may be old, or the page may have been taken away."),
        _("Go to the first page, or ask a person to help you."),
    ),
    409: Trouble(
        _("Somebody was faster"),
        _("Someone else changed this while you were working on it."),
        _("Go back. Your words are still there. Then try it once more."),
    ),
    422: Trouble(
        _("This cannot be used as it is"),
        _("Something is missing in what arrived here."),
        _("Go back and look at it once more. Your words are still there."),
    ),
    429: Trouble(
        _("That was very often in a short time"),
        _("To protect everybody, there is a limit. You did nothing wrong."),
        _("Wait a few minutes. Then try it once more."),
    ),
    507: Trouble(
        _("There is no room just now"),
        _("This is our fault, not yours. It has been written down."),
        _("Wait a few minutes. Then try it once more."),
    ),
    500: Trouble(
        _("Something broke on our side"),
        _("This is our fault, not yours. It has been written down."),
        _("Wait a few minutes. Then try it once more."),
    ),
}
EXPIRED = Trouble(
    _("This form was open too long"),
    _("Nothing was sent. For your safety, a form from another visit is not taken."),
    _("Go back, load the page again, and send it once more."),
)


def error_page(request: HttpRequest, status: int, *, reason: str = "") -> HttpResponse:
    """The page for this status; `reason` is the domain's own sentence where it has one."""
    return trouble_page(request, TROUBLES.get(status, TROUBLES[400]), status, reason=reason)


def trouble_page(request: HttpRequest, trouble: Trouble, status: int, *, reason: str = "") -> HttpResponse:
    """The page for this trouble."""
    said = {"title": trouble.title, "reason": reason or trouble.reason, "what_next": trouble.next}
    return render(request, "ui/error.html", said, status=status)


def bare_page(status: int) -> HttpResponse:
    """The page for when even the shell may be broken: no request, no database, no link but to itself."""
    trouble = TROUBLES[status]
    said = {
        "title": trouble.title,
        "reason": trouble.reason,
        "what_next": trouble.next,
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "stylesheet": _stylesheet(),
    }
    return HttpResponse(render_to_string("ui/error_bare.html", said), status=status)


def _stylesheet() -> str:
    try:
        return static("ui/hearth.css")
    except ValueError:
        # The list of hashed names is missing: that may be the very reason for this page.
        return "/static/ui/hearth.css"
