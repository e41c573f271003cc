"""Which reactions follow which kind of happening. Filled once, from the visible table `config/reactions.py`."""

from collections.abc import Callable, Mapping, Sequence

from hearth.happenings.models import Happening

Effect = Callable[[Happening], None]

_EFFECTS: dict[str, dict[str, Effect]] = {}


def fill(table: Mapping[str, Sequence[Effect]]) -> None:
    """Take over the table: kind of happening -> the functions that react to it, known by their names."""
    _EFFECTS.clear()
    _EFFECTS.update(
        {kind: {effect.__name__: effect for effect in effects} for kind, effects in table.items()}
    )


def names_for(kind: str) -> list[str]:
    """Return the names of the reactions to this kind."""
    return list(_EFFECTS.get(kind, {}))


def effect(kind: str, name: str) -> Effect:
    """Return one reaction; KeyError when the table no longer has it."""
    return _EFFECTS[kind][name]
