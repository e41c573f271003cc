"""Pages that belong to the frame itself: Reading, language, help, style guide, and the answers to errors."""

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hearth.ui import errors, reading, style_guide
from hearth.ui.forms import ReadingForm


@require_http_methods(["GET", "HEAD", "POST"])
def reading_page(request: HttpRequest) -> HttpResponse:
    """Shows the Reading options; POST keeps them in a cookie and goes back to where the person was."""
    if request.method != "POST":
        form = ReadingForm(initial=asdict(reading.reading_of(request)))
        return render(request, "ui/reading.html", {"form": form, "next": _way_back(request, request.GET)})
    form = ReadingForm(asdict(reading.Reading()) if "usual" in request.POST else request.POST)
    if not form.is_valid():
        return render(
            request, "ui/reading.html", {"form": form, "next": _way_back(request, request.POST)}, status=422
        )
    response = HttpResponseRedirect(_way_back(request, request.POST))
    cookie = form.reading().to_cookie()
    if not cookie:
        response.delete_cookie(reading.COOKIE, samesite="Lax")
        return response
    _keep(response, reading.COOKIE, cookie, reading.COOKIE_AGE)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in Django's language cookie and goes back to where the person was."""
    response = HttpResponseRedirect(_way_back(request, request.POST))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        _keep(
            response, settings.LANGUAGE_COOKIE_NAME, code, settings.LANGUAGE_COOKIE_AGE or reading.COOKIE_AGE
        )
    return response


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to reach a person: the community's phone with hours and its e-mail address."""
    community = getattr(request, "community", None)
    said = {part: str(getattr(community, f"help_{part}", "") or "") for part in ("phone", "hours", "email")}
    return render(request, "ui/help.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def style_guide_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    return render(request, "ui/style_guide.html", style_guide.samples())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form whose protection does not fit (CSRF): nothing was sent."""
    return errors.trouble_page(request, errors.EXPIRED, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer 400."""
    return errors.error_page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer 403."""
    return errors.error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer 404."""
    return errors.error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's answer 500: whatever broke, this page does not need it."""
    return errors.bare_page(500)


def _way_back(request: HttpRequest, sent: QueryDict) -> str:
    address = sent.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else get_script_prefix()


def _keep(response: HttpResponse, name: str, value: str, age: int) -> None:
    response.set_cookie(name, value, max_age=age, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
