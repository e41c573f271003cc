"""Entrances: the community's colours as a stylesheet, since pages carry no inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearth.communities.colours import COLOURS, stylesheet
from hearth.core.errors import NotFound


@require_safe
def brand_css(request: HttpRequest, colours: str) -> HttpResponse:
    """Return the two accent colours named in the address as CSS properties."""
    if COLOURS.fullmatch(colours) is None:
        raise NotFound("")
    light, dark = (f"#{part}" for part in colours.split("-"))
    response = HttpResponse(stylesheet(light, dark), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
