"""`hearth happenings`: what happened last, for an operator."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import ready


def happenings(
    most: Annotated[int, typer.Option("--most", help="How many.")] = 20,
) -> None:
    """List what happened last, and what followed from it."""
    ready()
    from rich.console import Console
    from rich.table import Table

    from hearth.core.tenancy import across_communities
    from hearth.happenings.queries import newest

    table = Table("When (UTC)", "Community", "What", "By", "Then")
    # The operator looks at the whole deployment.
    with across_communities():
        for row in newest(most=most):
            then = ", ".join(f"{it.name} {_state(it.done_at, it.parked_at)}" for it in row.reactions.all())
            place = row.community.slug if row.community else "network"
            table.add_row(
                f"{row.happened_at:%Y-%m-%d %H:%M:%S}", place, row.kind, str(row.actor_id or "–"), then
            )
    Console().print(table)


def _state(done: object, parked: object) -> str:
    return "done" if done else "given up" if parked else "waiting"
