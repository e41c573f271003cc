"""The tree of processes that `hearth up` becomes, with one thing changed: a part that fell is always started again at once.

The supervisor waits longer each time a part falls soon after its start. Fifty kills in a row would make a test of patience.
"""

import django

if __name__ == "__main__":
    django.setup()
    from hearth.config import parts, supervisor

    supervisor.WELL_AFTER = 0.0
    parts.run()
