"""Addresses of routes, of which every page shows dozens: worked out once per urlconf and community."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

# Public ids and slugs: letters that stand in an address as they are.
_PLAIN = re.compile("[a-z0-9-]+")


def address(route: str, /, **parts: object) -> str:
    """The address of a route, inside the community that the request is for."""
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    if not parts:
        return _address(route, urlconf, get_script_prefix())
    values = parts.values()
    # Only what looks like the stand-ins: another value may need quoting, or be one that the route does not take.
    if all(isinstance(value, str) and _PLAIN.fullmatch(value) for value in values):
        pattern = _pattern(route, urlconf, get_script_prefix(), *parts)
        if pattern:
            return pattern % parts
    return reverse(route, urlconf=urlconf, kwargs=parts)


@lru_cache(maxsize=4096)
def _address(route: str, urlconf: str, _prefix: str) -> str:
    # The prefix is part of the key only: reverse() puts it before the address by itself.
    return reverse(route, urlconf=urlconf)


@lru_cache(maxsize=4096)
def _pattern(route: str, urlconf: str, _prefix: str, *names: str) -> str:
    """Return the address with `%(name)s` for each part; empty where the route takes more than plain words."""
    stand_ins = {name: f"{place}-stands-in-{place}" for place, name in enumerate(names)}
    try:
        made = reverse(route, urlconf=urlconf, kwargs=stand_ins).replace("%", "%%")
    except NoReverseMatch:
        return ""
    for name, stand_in in stand_ins.items():
        if made.count(stand_in) != 1:
            return ""
        made = made.replace(stand_in, f"%({name})s")
    return made
