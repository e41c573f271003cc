"""Hand mails to an SMTP server (RFC 5321) over one connection that is kept open."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from hearth.channels.enums import State
from hearth.channels.transports.base import Envelope, Outcome

TIMEOUT = 30  # seconds for each answer of the other side; a server that drips bytes cannot hold the worker


class SmtpTransport:
    """`smtp://`, `smtp+starttls://` or `smtps://`, with user and password where the address has them."""

    def __init__(self, url: str, *, sender: str = "") -> None:
        self._parts = urlsplit(url)
        self.sender = sender
        self._server: smtplib.SMTP | None = None

    def open(self) -> Outcome | None:
        """Connect and sign in; a server that is away or refuses the sign-in defers the whole round."""
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(State.DEFERRED, f"{type(error).__name__}: {error}"[:400])
        return None

    def _connect(self) -> smtplib.SMTP:
        parts, context = self._parts, ssl.create_default_context()
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server

    def hand_over(self, envelope: Envelope) -> Outcome:
        """Hand one mail over. Refused for good: bounced. Refused for now: deferred. Line lost: unknown (fault 6)."""
        server = self._server
        if server is None:
            return Outcome(State.DEFERRED, "not connected")
        if not envelope.recipient.isascii():
            # Letters before the @ that only servers with SMTPUTF8 take (RFC 6531). Asked half way, the line would be spoilt.
            return Outcome(State.BOUNCED, "This address has letters that mail servers do not take.")
        try:
            server.sendmail(envelope.sender, [envelope.recipient], envelope.content)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return _refused(code, words)
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._server = None
            return Outcome(State.UNKNOWN, f"{type(error).__name__}: {error}"[:400])
        return Outcome(State.SENT, f"{self._parts.hostname}")

    def close(self) -> None:
        """Say good-bye; a line that is already gone needs none."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None


def _refused(code: int, words: bytes | str) -> Outcome:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    state = State.BOUNCED if code >= 500 else State.DEFERRED
    return Outcome(state, f"{code} {said}"[:400])
