"""The three parts of a running Hearth as commands of their own, for a service manager; `up` runs all three."""

from hearth.config.cli.terminal import ready


def web() -> None:
    """Serve the pages."""
    ready()
    from hearth.config.web import serve

    serve()


def worker() -> None:
    """Do the work in the background: send mail, react to what happened."""
    ready()
    from hearth.config.worker import work

    work()


def mail_listener() -> None:
    """Take in the e-mails with which people answer."""
    ready()
    from hearth.config.parts import take_in_mail

    take_in_mail()
