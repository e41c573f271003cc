"""Reads of communities."""

from time import monotonic

from django.conf import settings
from django.db.models import QuerySet

from hearth.communities.models import Community, Network
from hearth.communities.subjects import KIND
from hearth.core.errors import NotFound
from hearth.files.models import File

_memory: dict[tuple[str, str], tuple[float, Community | None]] = {}


def community_by_slug(slug: str) -> Community | None:
    """Return the community with this path name, or None. Kept in memory for `COMMUNITY_MEMORY_SECONDS`."""
    return _remembered("slug", slug)


def community_by_domain(domain: str) -> Community | None:
    """Return the community that has this host name, or None. Kept in memory for `COMMUNITY_MEMORY_SECONDS`."""
    return _remembered("domain", domain)


def _remembered(field: str, value: str) -> Community | None:
    seconds = settings.COMMUNITY_MEMORY_SECONDS
    found = _memory.get((field, value))
    if seconds and found and monotonic() - found[0] < seconds:
        return found[1]
    community = Community.objects.filter(**{field: value}).select_related("logo").first()
    if seconds:
        if len(_memory) > 1000:
            _memory.clear()
        _memory[(field, value)] = (monotonic(), community)
    return community


def forget(community: Community) -> None:
    """Drop what is remembered of a community here; other processes do so within `COMMUNITY_MEMORY_SECONDS`."""
    for key, (_since, found) in list(_memory.items()):
        if found is not None and found.pk == community.pk:
            _memory.pop(key, None)


def logo_of(community: Community, public_id: str) -> File:
    """Return this logo of the community, for anyone; NotFound for any other file."""
    found = File.objects.filter(public_id=public_id, subject_kind=KIND, subject_id=community.pk).first()
    if found is None:
        raise NotFound("")
    return found


def communities() -> QuerySet[Community]:
    """Return all communities of the network by name."""
    return Community.objects.order_by("name", "pk")


def slugs_like(beginning: str) -> set[str]:
    """Return the path names that begin like this and are taken."""
    return set(Community.objects.filter(slug__startswith=beginning).values_list("slug", flat=True))


def network() -> Network:
    """Return the network's row; an unsaved one with a plain name where nobody has named it yet."""
    return Network.objects.first() or Network(name="Hearth")
