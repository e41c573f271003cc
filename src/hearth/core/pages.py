"""Real pages of lists whose length is known already, so that nothing is counted while somebody waits."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator

from hearth.core.errors import NotFound


class _Counted(Paginator[Any]):
    def __init__(self, total: int, per_page: int) -> None:
        super().__init__((), per_page)
        self.__dict__["count"] = total  # Paginator keeps its count there; nothing is counted again


def slice_of(number: int, *, per_page: int, total: int) -> slice:
    """Return which rows stand on this page; NotFound past the last one."""
    if number > max(1, -(-total // per_page)):
        raise NotFound("")
    return slice((number - 1) * per_page, number * per_page)


def counted_page(items: Sequence[Any], *, number: int, per_page: int, total: int) -> Page[Any]:
    """Return the page with these items, ready for the pagination component."""
    return Page(items, number, _Counted(total, per_page))
