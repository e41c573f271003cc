"""What every transport takes and answers."""

from dataclasses import dataclass
from typing import Protocol

from hearth.channels.enums import State


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail ready for one person: the two envelope addresses (RFC 5321) and the bytes."""

    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the hand-over went, with the other side's words."""

    state: State
    reason: str = ""


class Transport(Protocol):
    """A way of handing mails over, one connection at a time. sender: the one address it sends for; empty for any."""

    sender: str

    def open(self) -> Outcome | None:
        """Connect; return None, or the outcome that every envelope of this round gets because it failed."""

    def hand_over(self, envelope: Envelope) -> Outcome:
        """Hand one mail over. Never raises for what the other side does."""

    def close(self) -> None:
        """Disconnect. Never raises."""
