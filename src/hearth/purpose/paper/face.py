"""What a community shows of itself on paper: name, colour, mark, and how people reach it."""

import re
from dataclasses import dataclass

from hearth.communities.colours import ENOUGH, PAPER, contrast

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Face:
    """A community's name, accent (`#rrggbb`) and mark (PNG, JPEG, WebP or SVG made anew by us) with what it shows."""

    name: str
    accent: str
    mark: bytes = b""
    mark_alt: str = ""

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            raise ValueError("An accent is written #rrggbb.")
        if self.mark and not self.mark_alt:
            raise ValueError("A mark needs words that say what it shows.")

    @property
    def pictures(self) -> dict[str, bytes]:
        """The mark as a template asks for it, where there is one."""
        return {"mark": self.mark} if self.mark else {}

    @property
    def readable_accent(self) -> str:
        """The accent, darkened as far as words in it need on paper (7:1, WCAG 1.4.6)."""
        parts = [int(self.accent[at : at + 2], 16) for at in (1, 3, 5)]
        for step in range(100, 0, -2):
            darker = "#" + "".join(f"{part * step // 100:02X}" for part in parts)
            if contrast(darker, PAPER) >= ENOUGH:
                return darker
        return "#000000"


@dataclass(frozen=True, slots=True)
class WayIn:
    """How people come in: the address of the way in (also behind the QR code), a telephone with its hours, a mail address.

    Each but the address may be empty.
    """

    address: str
    phone: str = ""
    hours: str = ""
    email: str = ""
