"""`hearth settings-page`: the page of documentation about all settings, made from them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hearth.config.cli.terminal import Stop, check_options

PAGE = Path(__file__).resolve().parents[4] / "docs" / "settings.md"


def settings_page(
    check: Annotated[bool, typer.Option("--check", help="Only look whether the page is up to date.")] = False,
) -> None:
    """Write docs/settings.md from the settings themselves."""
    page = text()
    if check and (not PAGE.exists() or PAGE.read_text() != page):
        raise Stop("docs/settings.md is out of date. Write it anew: ./hearth settings-page")
    if not check:
        PAGE.write_text(page)
        print(f"Written: {PAGE}")


def text() -> str:
    """Return the page."""
    check_options()
    from hearth.config.options import Options

    rows = [
        f"| `HEARTH_{name.upper()}` | {_default(name, field.default)} | {field.description} |"
        for name, field in Options.model_fields.items()
    ]
    return "\n".join([*HEAD, *rows, ""])


HEAD = [
    "# Settings",
    "",
    "<!-- Written by `./hearth settings-page` from src/hearth/config/options.py; change it there. -->",
    "",
    "Every setting is an environment variable. None is needed to begin. `./hearth doctor` says what a network",
    "for real people still lacks.",
    "",
    "| variable | without it | what it is |",
    "| --- | --- | --- |",
]


def _default(name: str, value: Any) -> str:
    if name == "data_dir":
        return "`./data`"
    if isinstance(value, bool):
        return "no" if not value else "yes"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    return f"`{value}`" if value != "" else "empty"
