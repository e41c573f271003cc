"""One community at a time: the scope outside which no tenant-owned row can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_scopes import get_scope, scope, scopes_disabled
from django_scopes.exceptions import ScopeError

__all__ = ["ScopeError", "across_communities", "current_community", "tenant"]


@contextmanager
def tenant(community: Any) -> Iterator[None]:
    """Open the scope of one community: every query on a tenant-owned model is filtered by it until the block ends."""
    with scope(community=community):
        yield


@contextmanager
def across_communities() -> Iterator[None]:
    """Lift the scope. For the few places that serve the whole deployment (dispatch, sweeps, sign-in, the operator)."""
    with scopes_disabled():
        yield


def current_community() -> Any:
    """Return the community of the open scope; raise ScopeError where none is open."""
    opened = get_scope()
    if opened.get("_enabled") and opened.get("community") is not None:
        return opened["community"]
    raise ScopeError("No community is open here: use tenancy.tenant(community).")
