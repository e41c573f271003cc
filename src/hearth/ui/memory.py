"""Parts of pages that are the same each time: made once for each set of facts they depend on, then only looked up.

Never stale, because everything that a part shows stands in its key: give versions, names and flags, not only ids.
"""

from collections.abc import Callable, Hashable

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

MOST = 12_000
# A longer part is made each time: 12,000 usual ones take some 20 MB, long ones would take a machine.
LONGEST = 8_000
_parts: dict[Hashable, Markup] = {}


def here_and_now() -> Hashable:
    """Return what every part depends on: language, time zone, and the day there. Asked for once a page (`shell.here`)."""
    return get_language(), timezone.get_current_timezone_name(), timezone.localdate()


def remember(*facts: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return what `caller` makes for these facts; `shell.here` is one of them wherever words or dates are shown.

    Used around a part of a template: `{% call remember("post", shell.here, post.facts, …) %}…{% endcall %}`.
    """
    made = _parts.get(facts)
    if made is None:
        made = Markup(caller())  # noqa: S704 - a template's own output, escaped when it was made
        if len(made) > LONGEST:
            return made
        if len(_parts) >= MOST:
            # The older half at once rather than one by one: seldom, and without a lock.
            for old in list(_parts)[: MOST // 2]:
                _parts.pop(old, None)
        _parts[facts] = made
    return made
