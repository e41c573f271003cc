"""Ways of handing a mail over. Each file has one class with `open()`, `hand_over(envelope)` and `close()`."""

from hearth.channels.transports.base import Envelope, Outcome, Transport
from hearth.channels.transports.outbox import OutboxTransport
from hearth.channels.transports.smtp import SmtpTransport

__all__ = ["Envelope", "OutboxTransport", "Outcome", "SmtpTransport", "Transport"]
