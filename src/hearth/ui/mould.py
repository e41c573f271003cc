"""Parts of pages that are alike but for their values: drawn once for each shape, then only filled in.

A mould holds no values, so nothing in it can be stale: what is filled in is worked out and escaped for each page anew.
"""

import re
import secrets
from collections.abc import Callable, Hashable
from functools import wraps
from types import SimpleNamespace
from typing import Any, NamedTuple, NoReturn

from markupsafe import Markup, escape

MOST = 2_000
# What marks a place while a mould is drawn: unknown to whoever writes the texts around it.
_MARK = secrets.token_hex(8)
_PLACE = re.compile(f"{_MARK}-([0-9]+)-")

type Work = Callable[[Any], object]


class Mould(NamedTuple):
    """The text with `%s` at each place; which of what is worked out stands there; what is worked out, of which value."""

    text: str
    places: tuple[int, ...]
    works: tuple[tuple[str, Work | None], ...]


_moulds: dict[Hashable, Mould] = {}


class StandIn:
    """Stands where a value will be. It can be printed, or go through a function that is `mouldable`.

    It is no text: whatever looks into it raises, since what it found would be kept for all values.
    """

    __slots__ = ("_name", "_number", "_work", "_works")

    def __init__(self, works: list[tuple[str, Work | None]], name: str, work: Work | None = None) -> None:
        self._works, self._name, self._work, self._number = works, name, work, -1

    def __html__(self) -> str:
        if self._number < 0:
            self._number = len(self._works)
            self._works.append((self._name, self._work))
        return f"{_MARK}-{self._number}-"

    __str__ = __html__

    def _refuse(self, *_args: object) -> NoReturn:
        raise TypeError(f"In a mould {self._name!r} can be printed, and nothing else.")

    __eq__ = __lt__ = __len__ = __iter__ = __mod__ = _refuse
    __hash__ = None  # type: ignore[assignment]  # as for whatever cannot be compared

    def __bool__(self) -> bool:
        # An empty value is not stood in for.
        return True

    def through(self, work: Work) -> "StandIn":
        """Return what stands where `work` of the value will be."""
        before = self._work
        after = work if before is None else lambda value: work(before(value))
        return StandIn(self._works, self._name, after)


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
    made_of = []
    for name, work in made.works:
        value = values[name] if work is None else work(values[name])
        made_of.append(value if type(value) is Markup else escape(value))
    return Markup(made.text % tuple([made_of[place] for place in made.places]))  # noqa: S704 - each value is escaped


def _draw(caller: Callable[..., str], values: dict[str, Any]) -> Mould:
    works: list[tuple[str, Work | None]] = []
    it = {name: StandIn(works, name) if value else value for name, value in values.items()}
    drawn = str(caller(SimpleNamespace(**it))).replace("%", "%%")
    places = tuple(int(place) for place in _PLACE.findall(drawn))
    return Mould(_PLACE.sub("%s", drawn), places, tuple(works))
