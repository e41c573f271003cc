"""What things are, for the packages that may not know features: search, files, mail."""

from django.http import HttpRequest

from hearth.communities.subjects import COMMUNITY
from hearth.conversations.subjects import POST, show_posts
from hearth.members.subjects import MEMBER
from hearth.spaces import queries as spaces

SUBJECTS = [POST, MEMBER, COMMUNITY]
SHOWN_IN_SEARCH = {"post": show_posts}


def audiences(request: HttpRequest) -> list[str]:
    """Return whose words this reader may find."""
    return spaces.audiences(request.member, request.community)  # type: ignore[attr-defined]  # see members.requests
