"""Entrances: the community's colours as stylesheets, since pages carry no inline style, and its logo."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from hearth.communities import queries
from hearth.communities.colours import COLOURS, preview_stylesheet, stylesheet
from hearth.core.errors import NotFound
from hearth.files import serving

KEPT = "max-age=31536000, immutable"


@require_safe
def brand_css(request: HttpRequest, colours: str) -> HttpResponse:
    """Return the two accent colours named in the address as CSS properties."""
    response = _css(stylesheet, colours)
    response.headers["Cache-Control"] = f"public, {KEPT}"
    return response


@require_safe
def face_css(request: HttpRequest, colours: str) -> HttpResponse:
    """Return the two accent colours named in the address as they look by day and by night, side by side."""
    return _css(preview_stylesheet, colours)


def _css(made: Callable[[str, str], str], colours: str) -> HttpResponse:
    if COLOURS.fullmatch(colours) is None:
        raise NotFound("")
    light, dark = (f"#{part.upper()}" for part in colours.split("-"))
    return HttpResponse(
        made(light, dark),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": f"private, {KEPT}"},
    )


@require_safe
def mark(request: HttpRequest, file: str) -> HttpResponseBase:
    """Give the small version of the logo to anyone: where the door is shown, its sign is shown."""
    found = queries.logo_of(request.community, file)  # type: ignore[attr-defined]  # set by CommunityMiddleware
    response = serving.answer(request, found, thumbnail=True)
    # Every page shows it, and another logo has another address: so the browser keeps this one.
    response.headers["Cache-Control"] = f"private, {KEPT}"
    return response
