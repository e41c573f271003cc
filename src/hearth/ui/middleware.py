"""Reading options onto the request, and every refusal of the domain onto one kind of page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hearth.core.errors import DomainError
from hearth.ui.errors import error_page
from hearth.ui.reading import COOKIE, Reading


class ReadingMiddleware:
    """Puts `request.reading` there for the shell."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reading = Reading.from_cookie(request.COOKIES.get(COOKIE, ""))  # type: ignore[attr-defined]
        return self.get_response(request)


class ErrorsMiddleware:
    """Answers a `DomainError` that reached the edge with a page in plain words and the status of its kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this when a view raised."""
        if not isinstance(exception, DomainError):
            return None
        # An absent thing and one that must stay unseen answer alike, so the reason is left out.
        reason = "" if exception.status == 404 else exception.reason
        return error_page(request, exception.status, reason=reason)
