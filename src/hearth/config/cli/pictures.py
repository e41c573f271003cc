"""`hearth pictures`: every page as a picture, for looking at."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from hearth.config.cli.chromium import browser_or_stop
from hearth.config.cli.source import ROOT, child_environment


def pictures(
    into: Annotated[Path, typer.Option("--into", help="Folder for the pictures.")] = Path("pictures"),
    only: Annotated[str, typer.Option("--only", help="Only pages whose name holds this.")] = "",
) -> None:
    """Take every page on phone and desktop, light and dark, as PNG files."""
    browser = browser_or_stop()
    command = [sys.executable, "-m", "tests.journeys.pictures", str(into.absolute()), only]
    environment = child_environment(
        DJANGO_SETTINGS_MODULE="hearth.config.settings",
        CHROMIUM=browser,
        HEARTH_SECRET_KEY="only-for-pictures",  # noqa: S106 - the house that is pictured has its own; this keeps ./data untouched
    )
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
