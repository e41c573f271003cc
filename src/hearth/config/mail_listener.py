"""Takes in e-mail over SMTP and keeps it; what it means is found out later, by the worker.

Every address of our domain is accepted alike, so that nobody can find out who exists (security.md, section 3).
"""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections

from hearth.channels.intake import keep_mail
from hearth.config.options import options
from hearth.core.clock import now

log = logging.getLogger(__name__)
# The library writes several lines for each connection.
logging.getLogger("mail.log").setLevel(logging.WARNING)

LARGEST_MAIL = 30 * 1024 * 1024
SILENT_FOR = 60
MOST_RECIPIENTS = 100
MOST_CONNECTIONS = 200


def listen() -> None:
    """Take in mail until SIGTERM or SIGINT; a mail that is being handed over is kept first."""
    asyncio.run(_serve())


async def _serve() -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with ThreadPoolExecutor(1, thread_name_prefix="keep") as keeper:
        intake = Intake(keeper)
        server = await loop.create_server(
            lambda: _Line(intake) if intake.connections < MOST_CONNECTIONS else _Busy(),
            host=options.mail_listen_host,
            port=options.mail_listen_port,
        )
        await stop.wait()
        server.close()
        await intake.rest()


class Intake:
    """What is answered to each step of a handing over (the hooks of aiosmtpd)."""

    def __init__(self, keeper: ThreadPoolExecutor) -> None:
        self._keeper = keeper
        self._at_work: set[asyncio.Future[bool]] = set()
        self.connections = 0

    async def handle_RCPT(  # noqa: N802 – named by the library
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Accept every address of our domain."""
        if not address.lower().endswith(f"@{options.mail_domain.lower()}"):
            return f"550 5.7.1 Only mail to {options.mail_domain} is taken in here."
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once, send the others in a second mail."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 – as above
        """Say "received" only when the mail is kept; ask to come again when it could not be."""
        keep = partial(
            _keep, bytes(envelope.content or b""), envelope.mail_from or "", tuple(envelope.rcpt_tos)
        )
        work = asyncio.get_running_loop().run_in_executor(self._keeper, keep)
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        try:
            await work
        except (DatabaseError, OSError):
            log.exception("A mail could not be kept; its server was asked to come again")
            return "451 4.3.0 It could not be kept just now, send it again later."
        return "250 2.0.0 Received and kept."

    async def rest(self) -> None:
        """Wait until the mails that are being kept are kept."""
        await asyncio.gather(*self._at_work, return_exceptions=True)


class _Line(SMTP):
    """One connection, bounded in size and in silence."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(
            intake,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname=options.mail_domain,
            ident="Hearth",
            timeout=SILENT_FOR,
        )
        self._intake = intake

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._intake.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._intake.connections -= 1
        super().connection_lost(error)


class _Busy(asyncio.Protocol):
    """What a connection beyond the most meets."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(b"421 4.7.0 Too many connections, come again in a minute.\r\n")
        transport.close()


def _keep(raw: bytes, sender: str, recipients: tuple[str, ...]) -> bool:
    close_old_connections()
    return keep_mail(raw=raw, sender=sender, recipients=recipients, now=now())
