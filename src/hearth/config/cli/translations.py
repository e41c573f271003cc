"""`hearth translations`: gather what is said on the pages into the catalogues of all languages."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import Stop, ready


def translations(
    check: Annotated[bool, typer.Option("--check", help="Only list what is not yet translated.")] = False,
) -> None:
    """Gather the words of the interface into the catalogues, for translators."""
    ready()
    from hearth.ui import translations as catalogues

    if check:
        missing = catalogues.untranslated()
        if missing:
            raise Stop("\n".join([*missing, f"{len(missing)} words or sentences are not translated yet."]))
        return
    catalogues.gather()
