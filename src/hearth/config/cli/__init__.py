"""The command line: each file one command, thin; the work is done by the packages. Imports stand inside the commands,

because every start, `./hearth --help` too, would otherwise pay for loading Django (about a second).
"""
