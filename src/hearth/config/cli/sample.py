"""`hearth sample`: three societies to look at, and away with them again."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import Stop, ready, step


def sample(
    remove: Annotated[bool, typer.Option("--remove", help="Take the sample network out again.")] = False,
) -> None:
    """Load the sample network into an empty database."""
    ready()
    from hearth.communities.queries import communities
    from hearth.core.clock import now
    from hearth.setup import actions

    if remove:
        with step("The sample network moves out"):
            actions.remove_sample()
        return
    if communities().exists():
        raise Stop(
            "The database holds a network already. The sample needs an empty one: ./hearth sample --remove"
        )
    with step("The sample network moves in") as how_far:
        actions.load_sample(now=now(), progress=how_far)
