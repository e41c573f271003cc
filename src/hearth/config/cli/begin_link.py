"""`hearth begin-link`: the link with which the first community of an empty network is begun in a browser."""

from hearth.config.cli.terminal import Stop, ready


def begin_link() -> None:
    """Show the link with which you begin your community, as long as nobody lives here."""
    ready()
    from hearth.communities.queries import communities
    from hearth.setup.links import begin_address

    if communities().exists():
        raise Stop(
            "A community lives here already. Whoever runs the server begins further ones, signed in, at /begin/."
        )
    print(begin_address())
