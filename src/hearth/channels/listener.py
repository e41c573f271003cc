"""Entrance for SMTP (RFC 5321): take a mail in, answer 250 only when it is kept."""

import asyncio
import logging
import signal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from hearth.channels import actions
from hearth.core.clock import now

MOST_BYTES = 25 * 1024 * 1024
MOST_RECIPIENTS = 100
SILENCE = 60  # seconds after which a line that says nothing is closed
log = logging.getLogger(__name__)


class Door:
    """Takes mail for our own domain only, so that nobody sends through us to others."""

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept every address of our domain alike (no enumeration); refuse to relay, and crowds."""
        if address.rpartition("@")[2].lower() != settings.MAIL_DOMAIN.lower():
            return "550 5.7.1 This server takes mail for its own communities only"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients in one go"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library calls it so
        """Keep the mail, then answer; what cannot be kept is the sender's server's to try again."""
        try:
            await sync_to_async(_keep)(envelope)
        except (DatabaseError, OSError):
            log.exception("A mail could not be kept")
            return "451 4.3.0 Not now, try again later"
        return "250 Kept"


def _keep(envelope: Envelope) -> None:
    close_old_connections()
    content = (
        envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
    )
    actions.keep_mail(
        raw=content, sender=envelope.mail_from or "", recipients=list(envelope.rcpt_tos), now=now()
    )


def listen(host: str, port: int) -> None:
    """Take mail in until the process is told to stop (SIGTERM, SIGINT)."""
    controller = Controller(
        Door(), hostname=host, port=port, data_size_limit=MOST_BYTES, timeout=SILENCE, ident="Hearth"
    )
    controller.start()
    log.info("Mail is taken in at %s:%s", host, port)
    asyncio.run(_until_told())
    controller.stop()


async def _until_told() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    await told.wait()
