"""`hearth happenings`: what happened last, for an operator."""

from typing import TYPE_CHECKING, Annotated

import typer

from hearth.config.cli.terminal import Stop, ready

if TYPE_CHECKING:
    from hearth.happenings.models import Reaction


def happenings(
    most: Annotated[int, typer.Option("--most", help="How many.")] = 20,
    try_again: Annotated[
        int, typer.Option("--try-again", help="Take up what was given up, by its number.")
    ] = 0,
) -> None:
    """List what happened last, and what followed from it."""
    ready()
    if try_again:
        _try_again(try_again)
        return
    from rich.console import Console
    from rich.table import Table

    from hearth.core.tenancy import across_communities
    from hearth.happenings.queries import newest

    table = Table("When (UTC)", "Community", "What", "By", "Then")
    # The operator looks at the whole deployment.
    with across_communities():
        for row in newest(most=most):
            then = ", ".join(f"{it.name} {_state(it)}" for it in row.reactions.all())
            place = row.community.slug if row.community else "network"
            table.add_row(
                f"{row.happened_at:%Y-%m-%d %H:%M:%S}", place, row.kind, str(row.actor_id or "–"), then
            )
    Console().print(table)


def _state(reaction: "Reaction") -> str:
    if reaction.done_at:
        return "done"
    return f"given up (number {reaction.pk}: {reaction.last_error[:80]})" if reaction.parked_at else "waiting"


def _try_again(number: int) -> None:
    from hearth.core.clock import now
    from hearth.happenings.actions import try_again

    if not try_again(reaction_id=number, now=now()):
        raise Stop(f"Nothing with the number {number} was given up. ./hearth happenings shows the numbers.")
    print("It is taken up again within ten seconds.")
