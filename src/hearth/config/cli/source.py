"""Where the source lies, for the commands that work on Hearth itself."""

import os
from pathlib import Path

from hearth.config.cli.terminal import Stop

ROOT = Path(__file__).resolve().parents[4]


def child_environment(**more: str) -> dict[str, str]:
    """Return the environment for a tool: as it is, without the choices of a running Hearth.

    A developer's own HEARTH_ variables must not change what a test says; those that name a test's own things stay.
    """
    if not (ROOT / "tests").is_dir():
        raise Stop(
            "This command works on the source of Hearth, which is not here. Get a clone of the repository."
        )
    kept = {name: value for name, value in os.environ.items() if not _is_choice(name)}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | more


def _is_choice(name: str) -> bool:
    return name.startswith("HEARTH_") and not name.startswith(
        ("HEARTH_TEST_", "HEARTH_SHARED", "HEARTH_VENV")
    )
