"""All commands in their groups, and one place that turns a known failure into one sentence."""

import sys
from typing import NoReturn

import typer

from hearth.config.cli import (
    begin_link,
    check,
    doctor,
    happenings,
    imports,
    outbox,
    parts,
    pictures,
    prepare,
    sample,
    settings_page,
    sign_in_link,
    tests,
    translations,
    up,
)
from hearth.config.cli.terminal import Stop

RUN = "Run"
FILL = "Fill"
LOOK = "Look inside"
DEVELOP = "Work on Hearth"

app = typer.Typer(
    name="hearth",
    help="Hearth: an online community that members really take part in.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("up", rich_help_panel=RUN)(up.up)
app.command("doctor", rich_help_panel=RUN)(doctor.doctor)
app.command("sign-in-link", rich_help_panel=RUN)(sign_in_link.sign_in_link)
app.command("prepare", rich_help_panel=RUN)(prepare.prepare)
app.command("web", rich_help_panel=RUN)(parts.web)
app.command("worker", rich_help_panel=RUN)(parts.worker)
app.command("mail-listener", rich_help_panel=RUN)(parts.mail_listener)
app.command("begin-link", rich_help_panel=FILL)(begin_link.begin_link)
app.command("sample", rich_help_panel=FILL)(sample.sample)
app.add_typer(imports.app, name="import", rich_help_panel=FILL)
app.command("happenings", rich_help_panel=LOOK)(happenings.happenings)
app.command("outbox", rich_help_panel=LOOK)(outbox.outbox)
app.command("test", rich_help_panel=DEVELOP, context_settings=tests.PASS_ON)(tests.run_tests)
app.command("check", rich_help_panel=DEVELOP)(check.check)
app.command("pictures", rich_help_panel=DEVELOP)(pictures.pictures)
app.command("translations", rich_help_panel=DEVELOP)(translations.translations)
app.command("settings-page", rich_help_panel=DEVELOP)(settings_page.settings_page)


def run() -> NoReturn:
    """Run the command that was typed; leave with its status."""
    try:
        app()
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    sys.exit(0)
