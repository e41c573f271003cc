"""Examples of good and weak answers, in the language in which a purpose is written; English where there are none in it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("examples")


def examples_in(language: str) -> tuple[str, dict[str, Any]]:
    """Return the language of the examples and the examples: `who`, `what`, `why` (good, weak) and `ladder`."""
    plain = language.partition("-")[0]
    return _read(plain if plain in _languages() else "en")


@cache
def _languages() -> frozenset[str]:
    return frozenset(path.stem for path in FOLDER.glob("*.json"))


@cache
def _read(language: str) -> tuple[str, dict[str, Any]]:
    said: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return language, said
