"""The rules of the house, over the tree as it is."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guards import rules
from tests.guards.tree import SOURCE

Rule = Callable[[Path], list[str]]


@pytest.mark.parametrize(
    "rule",
    [
        rules.rows_in_entrances,
        rules.positional_actions,
        rules.requests_in_domain,
        rules.forms_and_actions,
        rules.entrances_import_each_other,
        rules.signals,
        rules.unfit_names,
        rules.inline_code,
    ],
)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    assert rule(SOURCE) == []


def test_nothing_is_longer_than_the_house_allows() -> None:
    assert rules.too_long(SOURCE, rules.allowed_sizes()) == []


def test_the_middle_function_is_short() -> None:
    middle = rules.median_lines()
    print(f"The median function has {middle:g} lines.")

    assert middle <= 8


def test_models_and_migrations_agree() -> None:
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, cwd=SOURCE.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
