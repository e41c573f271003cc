"""The address at which a community is begun."""

from django.utils.http import urlencode

from hearth.communities import links
from hearth.setup.policy import begin_key


def begin_address() -> str:
    """Return the address that begins the first community of an empty network, with its key."""
    return f"{links.absolute(None, 'begin')}?{urlencode({'key': begin_key()})}"
