"""`hearth prepare`: for a service manager, before the parts are started; `up` does it by itself."""

from hearth.config.cli.terminal import ready


def prepare() -> None:
    """Bring the database, the words and the styles up to this version."""
    ready()
    from hearth.config.prepare import prepare as bring_up

    bring_up(with_sample=False)
