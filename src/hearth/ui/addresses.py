"""Addresses of routes without arguments, of which every page shows a dozen: worked out once per urlconf and community."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(route: str) -> str:
    """The address of a route without arguments, inside the community that the request is for."""
    return _address(route, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=4096)
def _address(route: str, urlconf: str, _prefix: str) -> str:
    # The prefix is part of the key only: reverse() puts it before the address by itself.
    return reverse(route, urlconf=urlconf)
