"""`python -m hearth`: the command line."""

from hearth.config.cli.app import run

run()
