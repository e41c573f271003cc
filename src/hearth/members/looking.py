"""Look at a community as an invented member: Maria, who has no account, no role and no row in any table.

Only the session remembers that a steward looks. While it does, pages are answered as to Maria, and nothing is taken.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.members.models import Member

IN_SESSION = "looking"
LASTS = timedelta(hours=2)
# A key that no row has: databases count from 1.
INVENTED = 0
PUBLIC_ID = "invented".ljust(20, "0")

_NAMES = {
    "ar": "مريم",
    "bg": "Мария",
    "cs": "Marie",
    "el": "Μαρία",
    "es": "María",
    "fr": "Marie",
    "he": "מרים",
    "hu": "Mária",
    "ja": "まりあ",
    "lt": "Marija",
    "lv": "Marija",
    "mk": "Марија",
    "pl": "Maria",
    "ru": "Мария",
    "sk": "Mária",
    "sr": "Марија",
    "tr": "Meryem",
    "uk": "Марія",
}


@dataclass(frozen=True, slots=True)
class Looking:
    """What the page shows of it: as whom, and where the button leads that ends it."""

    name: str

    @property
    def end(self) -> str:
        """The address that ends it."""
        return reverse("look_as_end")


def name_in(language: str) -> str:
    """Return the invented member's name in a language."""
    return _NAMES.get(language.split("-")[0], "Maria")


def begin(session: Any, *, community: Community, back: str, now: datetime) -> None:
    """Let this browser look at the community as Maria from now on. `back` is where it goes afterwards."""
    session[IN_SESSION] = {"community": community.pk, "since": int(now.timestamp()), "back": back}


def end(session: Any) -> str:
    """Be oneself again; return where that leads, empty where nothing was remembered."""
    return str(session.pop(IN_SESSION, {}).get("back", ""))


def looks(session: Any, *, member: Member, now: datetime) -> bool:
    """Return whether this browser looks as Maria, for the member that it is signed in as.

    Only a steward, only in the community in which it was begun, and for 2 hours; after that it is over by itself.
    """
    kept = session.get(IN_SESSION)
    if kept is None or kept["community"] != member.community_id:
        return False
    if member.is_steward and now - datetime.fromtimestamp(kept["since"], UTC) < LASTS:
        return True
    end(session)
    return False


def maria(*, steward: Member, now: datetime) -> Member:
    """Return the invented member and her invented account, made anew for each page and never saved."""
    community, by = steward.community, steward.account
    name = name_in(community.language)
    account = Account(
        pk=INVENTED,
        public_id=PUBLIC_ID,
        name=name,
        language=by.language if by else "",
        time_zone=by.time_zone if by else "",
        joined_at=now,
    )
    return Member(
        pk=INVENTED,
        public_id=PUBLIC_ID,
        community=community,
        account=account,
        name=name,
        languages=list(steward.languages),
        joined_at=now,
    )
