"""`hearth outbox`: the mails that went out or wait, for an operator."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import ready


def outbox(
    most: Annotated[int, typer.Option("--most", help="How many.")] = 20,
) -> None:
    """List the newest mails: to whom, about what, and how they fare."""
    ready()
    from rich.console import Console
    from rich.table import Table

    from hearth.channels.queries import outbox as deliveries
    from hearth.core.tenancy import across_communities

    table = Table("Number", "Changed (UTC)", "To", "Subject", "State", "Reason")
    # The operator looks at the whole deployment.
    with across_communities():
        for row in deliveries()[:most]:
            changed = f"{row.changed_at:%Y-%m-%d %H:%M:%S}"
            table.add_row(
                str(row.pk), changed, row.address, row.mail.subject, row.get_state_display(), row.reason
            )
    Console().print(table)
