"""`python -m hearth.config.tree`: the tree of processes that `hearth up` becomes."""

import os

import django


def main() -> None:
    """Make Django ready, then run the parts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    django.setup()
    # Django had to be ready before anything that knows a model is imported.
    from hearth.config.parts import run

    run()


if __name__ == "__main__":
    main()
