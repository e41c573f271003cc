"""`hearth doctor`: what is missing before real people may come in, in plain words."""

from hearth.config.cli.terminal import Stop, ready


def doctor() -> None:
    """Say in plain words what is missing for production."""
    ready()
    from hearth.config.health import findings

    missing = 0
    for finding in findings():
        missing += not finding.good
        print(f"  {'✓' if finding.good else '✗'} {finding.words}")
    if missing:
        raise Stop(f"\n{missing} things are missing before real people may come in.")
    print("\nReady for real people.")
