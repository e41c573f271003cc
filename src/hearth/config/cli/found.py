"""`hearth found`: a community of one's own, in an empty network."""

from typing import Annotated

import typer

from hearth.config.cli.terminal import Stop, ready, step


def found(
    name: Annotated[str, typer.Argument(help="The community's name.")],
    steward: Annotated[str, typer.Option("--steward", help="Your name, as others know you.")],
    email: Annotated[str, typer.Option("--email", help="Your e-mail address. With it you sign in.")],
    country: Annotated[str, typer.Option("--country", help="Two letters, such as AT.")],
    language: Annotated[str, typer.Option("--language", help="Its first language, such as de.")] = "en",
    time_zone: Annotated[str, typer.Option("--time-zone", help="Such as Europe/Vienna.")] = "Europe/Brussels",
    space: Annotated[str, typer.Option("--space", help="The name of its first space.")] = "Hello",
) -> None:
    """Found a community, with its first space and you as its steward. You also run the server."""
    ready()
    from hearth.accounts.actions import operator_link
    from hearth.communities.links import base
    from hearth.core.clock import now
    from hearth.core.errors import DomainError
    from hearth.setup.actions import Beginning, begin_community

    beginning = Beginning(name, steward, email, country, language, time_zone, space)
    try:
        with step(f"{name} begins"):
            community = begin_community(beginning=beginning, now=now())
    except DomainError as error:
        raise Stop(str(error.reason)) from error
    print(f"\n{name} is here: {base(community)}/")
    print("Come in with this link. It works once, within 24 hours:")
    print(operator_link(email=email, now=now()))
