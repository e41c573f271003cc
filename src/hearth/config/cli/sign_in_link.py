"""`hearth sign-in-link`: the way in for the first steward, and for someone whose mail does not arrive."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import Stop, ready


def sign_in_link(
    email: Annotated[str, typer.Argument(help="The e-mail address of the account.")],
) -> None:
    """Print a link that signs a person in, once, within 24 hours. Hand it only to that person."""
    ready()
    from hearth.accounts.actions import operator_link
    from hearth.core.clock import now
    from hearth.core.errors import DomainError

    try:
        print(operator_link(email=email, now=now()))
    except DomainError as error:
        raise Stop(str(error.reason)) from error
