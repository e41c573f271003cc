"""For mails of the sample network: done as soon as they stand on the outbox page, where the operator reads them."""

from hearth.channels.enums import State
from hearth.channels.transports.base import Envelope, Outcome


class OutboxTransport:
    """Hands nothing to anybody; says so in the reason."""

    sender = ""

    def open(self) -> Outcome | None:
        """Nothing to connect to."""
        return None

    def hand_over(self, envelope: Envelope) -> Outcome:
        """Leave the mail on the outbox page."""
        return Outcome(State.SENT, "outbox")

    def close(self) -> None:
        """Nothing to disconnect from."""
