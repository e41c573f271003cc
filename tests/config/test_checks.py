"""Every check of `./hearth check` fails, and names the place, when its rule is broken. (The guards have tests of their own.)"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hearth.config.cli.check import CHECKS

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("HEARTH_DATABASE_URL")),
    reason="looks at the source only: runs with the tests on SQLite",
)

CLOCK = "src/hearth/core/clock.py"
PAGE = "src/hearth/ui/templates/ui/page.html"
# What is added at the end of which file, and what the check must say of it.
PLANTED = {
    "format": (CLOCK, "\n\nlate  =  True\n", "clock.py"),
    "lint": (CLOCK, "\n\ndef late(when: list[int] = []) -> int:\n    return len(when)\n", "clock.py"),
    "types": (CLOCK, '\n\ndef late() -> int:\n    return "late"\n', "clock.py"),
    "import order": (CLOCK, "\nfrom hearth.spaces import policy\n", "hearth.core is not allowed to import"),
    "templates": (PAGE, '<p style="color: red">Red</p>\n', "page.html"),
    "migrations": (
        "src/hearth/happenings/models.py",
        "\n\nclass Echo(models.Model):\n    words = models.TextField()\n",
        "Create model Echo",
    ),
    "Django's own": (
        "src/hearth/config/settings.py",
        '\nCSRF_TRUSTED_ORIGINS = ["long-table.example"]\n',
        "4_0.E001",
    ),
    "translations": (
        PAGE,
        "{% trans %}Words that nobody has translated{% endtrans %}\n",
        "Words that nobody has",
    ),
    "settings page": (
        "src/hearth/config/options.py",
        '\nOptions.model_fields["port"].description = "Something else."\n',
        "docs/settings.md is out of date",
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("src", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


def run(check: str, copy: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")} | {
        "PYTHONPATH": str(copy / "src"),
        "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
        "HEARTH_DATA_DIR": str(copy / "data"),
        "HEARTH_SECRET_KEY": "check" * 12,
    }
    return subprocess.run(
        CHECKS[check], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def test_every_check_is_tried_here_or_has_tests_of_its_own() -> None:
    assert set(CHECKS) - set(PLANTED) == {"guards"}


@pytest.mark.parametrize("check", PLANTED)
def test_a_check_fails_and_names_the_place_when_its_rule_is_broken(check: str, copy: Path) -> None:
    file, fault, said = PLANTED[check]
    with (copy / file).open("a") as out:
        out.write(fault)
    done = run(check, copy)
    assert said in done.stdout + done.stderr
    assert done.returncode != 0


def test_a_package_without_a_place_in_the_order_is_refused(copy: Path) -> None:
    (copy / "src" / "hearth" / "novelty").mkdir()
    (copy / "src" / "hearth" / "novelty" / "__init__.py").touch()
    done = run("import order", copy)
    assert "novelty" in done.stdout
    assert done.returncode != 0
