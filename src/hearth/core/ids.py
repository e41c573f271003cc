"""Public ids: sortable by time, saying nothing about how many things there are or in which order they were counted."""

import secrets
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 20
_TIME_LETTERS = 10
_RANDOM_LETTERS = LENGTH - _TIME_LETTERS


def new_id() -> str:
    """Return 20 lower-case letters and digits: 10 for the millisecond, 10 (50 bits) drawn at random."""
    return id_at(time.time_ns() // 1_000_000)


def id_at(milliseconds: int) -> str:
    """Return a new id that sorts at the given time (milliseconds since 1970), for things brought from elsewhere."""
    return _encode(max(milliseconds, 0), _TIME_LETTERS) + _encode(
        secrets.randbits(5 * _RANDOM_LETTERS), _RANDOM_LETTERS
    )


def _encode(number: int, letters: int) -> str:
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(letters)))
