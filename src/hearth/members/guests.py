"""People as somebody types them: a name and an address, in rows or one a line."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from hearth.accounts.addresses import folded
from hearth.core.text import strip_controls

MOST_GUESTS = 10
_ADDRESS = re.compile(r"[^\s<>,;\"'()]+@[^\s<>,;\"'()]+")
_AROUND = " \t<>,;:\"'()“”„«»"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be invited. is_sure: the inviter knows of a member at this address, or of an earlier no, and goes on."""

    name: str
    email: str
    language: str = ""
    is_sure: bool = False


def is_address(email: str) -> bool:
    """Say whether this is a whole e-mail address."""
    try:
        validate_email(folded(email))
    except ValidationError:
        return False
    return len(folded(email)) <= 254


def in_line(line: str) -> Guest | None:
    """Return the person of a line such as `Jan Novak <jan@example.org>`; None where name or address is missing.

    The order, brackets, commas and quotes do not matter, so that lines copied from a mail or a table are understood.
    """
    line = strip_controls(line)[:500]
    found = _ADDRESS.search(line)
    if found is None:
        return None
    name = " ".join((line[: found.start()].strip(_AROUND) + " " + line[found.end() :].strip(_AROUND)).split())
    email = found.group().rstrip(".")
    return Guest(name, email) if name and is_address(email) else None


def spread(typed: QueryDict, *, language: str) -> QueryDict:
    """Return what was posted, with the people of `several` moved into free rows; what is not understood stays there."""
    data = typed.copy()
    rows = rows_shown(data.get("rows"))
    for row in range(MOST_GUESTS):
        _part_name_and_address(data, row)
    free = [row for row in range(MOST_GUESTS) if not _typed_in(data, row)]
    left = []
    for line in data.get("several", "").splitlines()[:100]:
        guest = in_line(line)
        if guest is None or not free:
            left += [line] if line.strip() else []
            continue
        row = free.pop(0)
        data[f"name_{row}"], data[f"email_{row}"] = guest.name[:120], guest.email
        data[f"language_{row}"] = data.get(f"language_{row}") or language
        rows = max(rows, row + 1)
    data["several"], data["rows"] = "\n".join(left), str(rows)
    return data


def rows_shown(said: object) -> int:
    """Return how many rows for people a page shows, whatever was sent: 1 to 10."""
    number = int(str(said)) if str(said).isdecimal() and len(str(said)) < 4 else 1
    return min(max(number, 1), MOST_GUESTS)


def one_row_more(data: QueryDict) -> QueryDict:
    """Return what was posted with one more row for a person."""
    more = data.copy()
    more["rows"] = str(rows_shown(rows_shown(data.get("rows")) + 1))
    return more


def _part_name_and_address(data: QueryDict, row: int) -> None:
    """Understand a whole address with its name in the field of the name, as people paste it."""
    if data.get(f"email_{row}", "").strip():
        return
    guest = in_line(data.get(f"name_{row}", ""))
    if guest is not None:
        data[f"name_{row}"], data[f"email_{row}"] = guest.name, guest.email


def _typed_in(data: QueryDict, row: int) -> bool:
    return any(data.get(f"{part}_{row}", "").strip() for part in ("name", "email"))
