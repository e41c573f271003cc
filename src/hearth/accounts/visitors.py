"""What a request tells of the visitor before anybody is signed in: address block, browser key, where to go next."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme

from hearth.accounts import codes, policy

_LONGEST_NEXT = 500


def ip_block(request: HttpRequest) -> str:
    """Return the first address of the visitor's block (/24, or /48 for IPv6): one household or house, not one person.

    Behind a proxy the last entry of X-Forwarded-For is the one which our own proxy wrote; earlier ones may be invented.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        found = request.headers.get("X-Forwarded-For", found).split(",")[-1].strip()
    try:
        address = ip_address(found)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - a word for "not known"; nothing listens on it
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False).network_address)


def browser_key(request: HttpRequest) -> str:
    """Return the key in this browser's cookie; empty where it never asked to sign in."""
    return request.COOKIES.get(_cookie_name(), "")[:100]


def keep_browser_key(response: HttpResponse, key: str) -> None:
    """Bind what is asked now to this browser, for as long as challenges are kept."""
    response.set_cookie(
        _cookie_name(),
        key,
        max_age=policy.CHALLENGES_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def next_path(request: HttpRequest) -> str:
    """Return the path on this host to which the visitor wants to go; empty for any other host, scheme or shape."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_path_here(request, wanted) else ""


def is_path_here(request: HttpRequest, wanted: str) -> bool:
    """Return whether this is a path on the request's own host, short enough to keep. A full address never is."""
    same_host = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted.startswith("/") and len(wanted) <= _LONGEST_NEXT and wanted.isprintable() and same_host


def front(request: HttpRequest) -> str:
    """Return the first page of the community, or of the network."""
    return get_script_prefix()


def key_for(request: HttpRequest) -> str:
    """Return this browser's key, or a new one for a browser that has none."""
    return browser_key(request) or codes.new_browser_key()


def _cookie_name() -> str:
    return "__Host-browser" if settings.SESSION_COOKIE_SECURE else "browser"
