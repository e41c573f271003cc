"""The access matrix: `access.toml` says what each role gets for each page, `compare` says where the pages do otherwise."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.guards.world import ROLES, Answer

FILE = Path(__file__).with_name("access.toml")
KINDS = ["network", "open", "private"]
METHODS = ["GET", "POST"]

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SANDBOX = "sandbox; default-src 'none'"
INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "handler": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "script in the page": r"<script(?![^>]*\ssrc=)",
    "style in the page": r"<style[\s>]",
    "address that runs": r"(href|src|action)\s*=\s*[\"']?\s*(javascript|data|vbscript):",
}

# (route, thing, method) -> status for each role
Table = dict[tuple[str, str, str], list[int]]
Answers = Mapping[tuple[str, str, str], Answer]


def expected(kind: str, file: Path = FILE) -> Table:
    """Return the part of the matrix for one kind of place; one status stands for all roles alike."""
    table: Table = {}
    for route, rows in tomllib.loads(file.read_text(encoding="utf-8"))[kind].items():
        for key, said in rows.items():
            thing, _space, method = key.rpartition(" ")
            statuses = [int(status) for status in str(said).split()]
            table[(route, thing, method)] = statuses * len(ROLES) if len(statuses) == 1 else statuses
    return table


def without_row(asked: Iterable[tuple[str, str, str]], table: Table, names: Iterable[str]) -> list[str]:
    """Every page has its row, every row its page, and every route (by name) at least one page that is asked for."""
    asked = set(asked)
    never = set(names) - {route for route, _thing, _method in asked}
    missing = [f"{name} is never asked: world.targets has no thing for it" for name in sorted(never)]
    missing += [f"{_name(cell)} has no row in access.toml" for cell in sorted(asked - set(table))]
    return missing + [
        f"{_name(cell)} is in access.toml but is no page" for cell in sorted(set(table) - asked)
    ]


def otherwise(answers: Answers, table: Table, role: str) -> list[str]:
    """Return where a role gets another status than the matrix says."""
    column = ROLES.index(role)
    return [
        f"{_name(cell)} gives {role} {answer.status}, not {table[cell][column]}"
        for cell, answer in answers.items()
        if cell in table and table[cell][column] != answer.status
    ]


def telling_apart(answers: Answers) -> list[str]:
    """A thing that one may not see and a thing that is not there answer alike: same status, same bytes."""
    breaches = []
    for (route, thing, method), answer in answers.items():
        absent = answers.get((route, "absent", method))
        if absent is None or answer.status != 404:
            continue
        if (answer.status, answer.body) != (absent.status, absent.body):
            breaches.append(f"{_name((route, thing, method))} is told apart from what is not there")
    return breaches


def leaks(answers: Answers, secrets: Iterable[str]) -> list[str]:
    """Return the answers that hold a word which this reader may not meet."""
    return [
        f"{_name(cell)} tells {secret}"
        for cell, answer in answers.items()
        for secret in secrets
        if secret in answer.body or any(secret in value for value in answer.headers.values())
    ]


def loose(answer: Answer) -> list[str]:
    """Return what is wrong with a page's policy for content (CSP), or what it carries that could run without one."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong = [] if policy in {STRICT, SANDBOX} else [f"policy {policy or 'missing'}"]
    if "html" in answer.headers.get("Content-Type", ""):
        wrong += [what for what, pattern in INLINE.items() if re.search(pattern, answer.body, re.IGNORECASE)]
    return wrong


def all_loose(answers: Answers) -> list[str]:
    """Return every page of these that is loose, with what is wrong."""
    return [
        f"{_name(cell)}: {', '.join(wrong)}" for cell, answer in answers.items() if (wrong := loose(answer))
    ]


def _name(cell: tuple[str, str, str]) -> str:
    route, thing, method = cell
    return f"{method} {route}" + (f" ({thing})" if thing else "")
