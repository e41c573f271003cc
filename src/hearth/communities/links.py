"""Addresses of a community's pages, inside a request and outside (mails, jobs)."""

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from hearth.communities.models import Community


def prefix(community: Community) -> str:
    """Return the path under which the community's pages stand on the network's host."""
    return f"/c/{community.slug}/"


def absolute(community: Community | None, view: str, **kwargs: Any) -> str:
    """Return the full address of a page of the community (or of the network), fit for a mail or a letter."""
    before = get_script_prefix()
    urlconf = settings.COMMUNITY_URLCONF if community else settings.ROOT_URLCONF
    try:
        set_script_prefix("/")
        path = reverse(view, urlconf=urlconf, kwargs=kwargs)
    finally:
        set_script_prefix(before)
    return base(community) + path


def base(community: Community | None) -> str:
    """Return scheme and host, and the community's path where it has no host of its own; no slash at the end."""
    site: str = settings.SITE_URL
    if community is None:
        return site
    if community.domain:
        return f"{site.split('://')[0]}://{community.domain}"
    return site + prefix(community).rstrip("/")
