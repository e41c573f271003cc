"""Queries whose SQL is worked out once: for the few reads that stand behind every page."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django_scopes import scope

from hearth.core.tenancy import current_community

Rows = list[tuple[Any, ...]]
# Stand-ins for values while the SQL is worked out: as large as the smallest of our columns takes (PostgreSQL's integer), and
# no constant of a query of ours. No text holds a NUL.
_STAND_INS = count(2_100_000_000)


class Prepared:
    """A `values_list` query of the open community, asked again and again with other values.

    `build` gets a value for each name and returns the queryset; `names` are whole numbers, `texts` are text. The SQL is made
    at the first call for each kind of database; later calls only fill the values in. The tenant scope is one of them:
    without an open community `rows` raises. What stands in LIMIT, or how many values an IN has, belongs to the SQL.
    `of_everyone`: the query reads only what no community owns (a session); any other is refused when it is made.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *names: str,
        texts: Sequence[str] = (),
        of_everyone: bool = False,
    ) -> None:
        self._build, self._names, self._texts, self._of_everyone = build, names, texts, of_everyone
        self._made: dict[str, tuple[str, list[Any], dict[int, str], Any, dict[int, Any]]] = {}

    def rows(self, **values: int | str) -> Rows:
        """Return the rows for these values."""
        if not self._of_everyone:
            values["community"] = current_community().pk
        connection = connections[DEFAULT_DB_ALIAS]
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = self._make(connection)
        sql, params, places, compiler, converters = made
        filled = [values[places[at]] if at in places else value for at, value in enumerate(params)]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows

    def _make(self, connection: Any) -> tuple[str, list[Any], dict[int, str], Any, dict[int, Any]]:
        stand_ins: dict[str, Any] = {name: next(_STAND_INS) for name in (*self._names, "community")}
        stand_ins |= {name: f"\0{next(_STAND_INS)}" for name in self._texts}
        with scope(community=stand_ins["community"]):
            query = self._build(**{name: stand_ins[name] for name in (*self._names, *self._texts)}).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        by_value = {value: name for name, value in stand_ins.items()}
        places = {at: by_value[value] for at, value in enumerate(params) if value in by_value}
        wanted = set(stand_ins) - ({"community"} if self._of_everyone else set())
        if set(places.values()) != wanted:
            raise ValueError("Each value, and the community, must stand in the query as it is.")
        columns = [column for column, _sql, _alias in compiler.select]
        return sql, list(params), places, compiler, compiler.get_converters(columns)


@cache
def columns_of(model: type[Model], *, behind: str = "") -> tuple[str, ...]:
    """Return the names of all columns of a model for `values_list`, behind a foreign key where one is named."""
    lead = f"{behind}__" if behind else ""
    return tuple(f"{lead}{field.attname}" for field in model._meta.concrete_fields)


def instance_of[Kind: Model](model: type[Kind], row: Sequence[Any]) -> Kind:
    """Return the instance whose columns (in the order of `columns_of`) these are."""
    return model.from_db(DEFAULT_DB_ALIAS, columns_of(model), row)
