"""`hearth up`: from whatever is there to a running Hearth; one sentence where it cannot be."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hearth.config.cli.terminal import check_options


def up(
    port: Annotated[int | None, typer.Option(help="Port of the pages.", show_default="8000")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder for everything that is kept.", show_default="./data")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Do not load the sample network.")] = False,
) -> None:
    """Start Hearth: pages, background work and incoming mail. Ctrl-C stops all of it."""
    if port:
        os.environ["HEARTH_PORT"] = str(port)
    if data:
        os.environ["HEARTH_DATA_DIR"] = str(data)
    check_options()
    from hearth.config.start import start

    start(with_sample=not empty)
