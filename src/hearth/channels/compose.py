"""From a Mail and a Delivery to the bytes of one person's mail (RFC 5322), with a list's good manners."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from django.conf import settings

from hearth.channels.models import Delivery, Mail
from hearth.channels.transports.base import Envelope
from hearth.communities import links
from hearth.core.tokens import seal

# Marks of annotation stand around what is filled in a person; members' words never hold them (core.text strips them).
STOP_PLACE = "\ufff9stop\ufffb"


class _Folding(EmailPolicy):
    """Folds what machines read between its parts, never inside one.

    The library writes an id or an address that is longer than a line as an encoded word, which RFC 2047 (5) forbids
    there: no program finds the thread then, and no "unsubscribe" button works.
    """

    _FOR_MACHINES = frozenset({"in-reply-to", "references", "list-unsubscribe"})

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return one line of the head as bytes."""
        if name.lower() not in self._FOR_MACHINES:
            return super().fold_binary(name, value)
        parts = f"{self.linesep} ".join(str(value).split())
        return f"{name}: {parts}{self.linesep}".encode("ascii", "replace")


_FOLDING = _Folding() + SMTP


def envelope_for(delivery: Delivery, *, sender: str = "") -> Envelope:
    """Return the mail of this delivery, ready to be handed over (`delivery.mail` must be loaded).

    sender: the one address that the way out sends for; a provider refuses any other, in the head and on the envelope.
    """
    content = as_sent(message_for(delivery, sender=sender))
    path = sender or return_path(delivery)
    return Envelope(sender=path, recipient=for_servers(delivery.address), content=content)


def as_sent(message: EmailMessage) -> bytes:
    """Return the bytes that go over the line."""
    # Lines end as SMTP wants them (RFC 5321 2.3.8); with bare line feeds a server may refuse the mail as one long line.
    return message.as_bytes(policy=_FOLDING)


def message_for(delivery: Delivery, *, sender: str = "") -> EmailMessage:
    """Return the mail of this delivery: plain text first, HTML with the same words beside it."""
    mail = delivery.mail
    message = EmailMessage()
    message["From"] = Address(display_name=mail.from_name, addr_spec=sender or mail.from_address)
    message["To"] = for_servers(delivery.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = mail.message_id
    _add_thread(message, mail)
    stop_url = _add_list_manners(message, delivery)
    message.set_content(mail.text.replace(STOP_PLACE, stop_url))
    message.add_alternative(mail.html.replace(STOP_PLACE, stop_url), subtype="html")
    return message


def for_servers(address: str) -> str:
    """Return an address with its domain in the letters that all servers know (IDNA, RFC 5891)."""
    box, at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{box}{at}{domain.encode('idna').decode()}"


def _add_thread(message: EmailMessage, mail: Mail) -> None:
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice answers it
    if mail.references:
        message["In-Reply-To"] = mail.references.split()[-1]
        message["References"] = mail.references


def _add_list_manners(message: EmailMessage, delivery: Delivery) -> str:
    mail = delivery.mail
    if mail.token_subject is None or delivery.member_id is None:
        return ""
    message["Reply-To"] = answer_address(delivery.member_id, mail.token_subject)
    stop_url = links.absolute(None, "stop", token=seal("stop", delivery.member_id, mail.token_subject))
    message["List-Unsubscribe"] = f"<{stop_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    if mail.list_id:
        message["List-Id"] = mail.list_id  # RFC 2919
    return stop_url


def answer_address(member_id: int, topic_id: int) -> str:
    """Return the address by which this member's mail becomes an answer in this topic; signed, 80 bits."""
    return f"answer-{seal('answer', member_id, topic_id)}@{settings.MAIL_DOMAIN}"


def return_path(delivery: Delivery) -> str:
    """Return the address to which this delivery bounces, so that a bounce names its delivery (VERP)."""
    return f"bounce-{seal('bounce', delivery.pk)}@{settings.MAIL_DOMAIN}"


def sender_address() -> str:
    """Return the From address of community mails: ours, so that the sender's domain policy (DMARC) is kept."""
    return str(settings.MAIL_FROM)


def message_id_for(public_id: str) -> str:
    """Return the stable Message-ID of the thing with this public id."""
    return f"<{public_id}@{settings.MAIL_DOMAIN}>"
