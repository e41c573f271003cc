"""Parts of pages that are the same each time: made once for each set of facts they depend on, then only looked up.

Never stale, because everything that a part shows stands in its key: give versions, names and flags, not only ids.
"""

from collections.abc import Callable, Hashable

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

MOST = 5000
_parts: dict[Hashable, Markup] = {}


def remember(*facts: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return what `caller` makes for these facts, in this language, on this day in the reader's time zone.

    Used around a part of a template: `{% call remember("post", post.pk, post.version, …) %}…{% endcall %}`.
    """
    zone = timezone.get_current_timezone_name()
    key = (facts, get_language(), zone, timezone.localdate())
    made = _parts.get(key)
    if made is None:
        made = Markup(caller())  # noqa: S704 - a template's own output, escaped when it was made
        if len(_parts) >= MOST:
            # All at once rather than one by one: the next pages fill it again, and no lock is needed.
            _parts.clear()
        _parts[key] = made
    return made
