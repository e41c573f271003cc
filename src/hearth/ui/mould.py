"""Parts of pages that are alike but for their values: drawn once for each shape, then only filled in.

A mould holds no values, so nothing in it can be stale: what is filled in is worked out and escaped for each page anew.
"""

import re
import secrets
from collections.abc import Callable, Hashable
from functools import wraps
from types import SimpleNamespace
from typing import Any, NoReturn

from markupsafe import Markup, escape

MOST = 2_000
# What marks a place while a mould is drawn: unknown to whoever writes the texts around it.
_MARK = secrets.token_hex(8)
_PLACE = re.compile(f"{_MARK}-([0-9]+)-")

type Work = Callable[[Any], object]
# What stands before each place, the name of its value, what is worked out of it there; and what stands at the end.
type Mould = tuple[list[tuple[str, str, Work | None]], str]
_moulds: dict[Hashable, Mould] = {}


class StandIn:
    """Stands where a value will be. It can be printed, or go through a function that is `mouldable`.

    It is no text: whatever looks into it raises, since what it found would be kept for all values.
    """

    __slots__ = ("_name", "_places", "_work")

    def __init__(self, places: "list[StandIn]", name: str, work: Work | None = None) -> None:
        self._places, self._name, self._work = places, name, work

    def __html__(self) -> str:
        self._places.append(self)
        return f"{_MARK}-{len(self._places) - 1}-"

    def _refuse(self, *_args: object) -> NoReturn:
        raise TypeError(f"In a mould {self._name!r} can be printed, and nothing else.")

    __str__ = __eq__ = __lt__ = __len__ = __iter__ = __mod__ = _refuse
    __hash__ = None  # type: ignore[assignment]  # as for whatever cannot be compared

    def __bool__(self) -> bool:
        # An empty value is not stood in for.
        return True

    def through(self, work: Work) -> "StandIn":
        """Return what stands where `work` of the value will be."""
        before = self._work
        after = work if before is None else lambda value: work(before(value))
        return StandIn(self._places, self._name, after)

    def place(self, before: str) -> tuple[str, str, Work | None]:
        """Return what a mould keeps of this place."""
        return before, self._name, self._work


def mouldable[**Given, Made](work: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let a function of the templates take a stand-in as its first value: it is then called when the mould is filled."""

    @wraps(work)
    def either(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if args and isinstance(args[0], StandIn):
            later: Any = args[0].through(lambda value: work(value, *args[1:], **kwargs))  # type: ignore[arg-type]
            return later  # type: ignore[no-any-return]
        return work(*args, **kwargs)

    return either


def mould(*shape: Hashable, caller: Callable[..., str], **values: Any) -> Markup:
    """Return what `caller` draws, with these values in it, each escaped.

    `{% call(it) mould("post", shell.language, new, author=post.author) %}<b>{{ it.author }}</b>{% endcall %}`: `it` has a
    stand-in for each value, an empty value being there as it is. shape: whatever else decides what is drawn.
    """
    key = shape, tuple([True if value else (value,) for value in values.values()])
    made = _moulds.get(key)
    if made is None:
        if len(_moulds) >= MOST:
            _moulds.clear()
        made = _moulds[key] = _draw(caller, values)
    filled = []
    for before, name, work in made[0]:
        value = values[name]
        filled += before, escape(value if work is None else work(value))
    filled.append(made[1])
    return Markup("".join(filled))  # noqa: S704 - drawn by a template, and each value escaped


def _draw(caller: Callable[..., str], values: dict[str, Any]) -> Mould:
    places: list[StandIn] = []
    it = {name: StandIn(places, name) if value else value for name, value in values.items()}
    texts = _PLACE.split(str(caller(SimpleNamespace(**it))))
    drawn = zip(texts[0:-1:2], texts[1::2], strict=True)
    return [places[int(place)].place(before) for before, place in drawn], texts[-1]
