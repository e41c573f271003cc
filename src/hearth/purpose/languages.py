"""The languages in which a purpose can be written, by their own names."""

from hearth.communities.models import Community
from hearth.purpose.parts import FRAMES
from hearth.ui.names import lang_name


def languages_for(community: Community) -> list[tuple[str, str]]:
    """Return every language with its own name: those of the community first, then those that have a frame."""
    own = [(code, lang_name(code)) for code in dict.fromkeys(community.languages)]
    others = [(code, lang_name(code)) for code in FRAMES if code not in community.languages]
    return own + sorted(others, key=lambda pair: pair[1].casefold())
