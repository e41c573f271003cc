"""Entrance for mail that was kept: find out whose words it holds and where they go."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses

from hearth.channels import actions, hello
from hearth.channels.enums import Received
from hearth.channels.replies import new_words
from hearth.communities.models import Community
from hearth.core.tenancy import across_communities
from hearth.core.text import html_to_text


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that came in, read: who says to have sent it, the words that are new, the token of the address it went to."""

    sender: str
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mail."""

    state: Received
    reason: str = ""
    community: Community | None = None


MOST_HOPS = 30
_GROUP = re.compile(r":.*;")
Handler = Callable[[Letter, datetime], Verdict]

_HANDLERS: dict[str, Handler] = {}


# An empty return path is what bounces and automatic answers have (RFC 5321 4.5.5); nobody must answer them.
NO_SENDER = Verdict(Received.IGNORED, "Empty return path: a bounce or an automatic answer.")


def fill(table: Mapping[str, Handler]) -> None:
    """Take over the table of `config/replies.py`: beginning of the address -> what its mail is."""
    _HANDLERS.clear()
    _HANDLERS.update(table)


def sort(*, mail_id: int, now: datetime) -> Verdict:
    """Read a kept mail and do what it asks; write down what became of it. A mail that is done stays done."""
    with across_communities():  # the address says which community it is for
        mail = actions.take_up(mail_id=mail_id)
        if mail.state != Received.KEPT:
            return Verdict(Received(mail.state), mail.reason)
        verdict = _read(bytes(mail.raw), mail.recipients, now) if mail.sender else NO_SENDER
        actions.lay_down(mail=mail, state=verdict.state, reason=verdict.reason, community=verdict.community)
    return verdict


def _read(raw: bytes, recipients: list[str], now: datetime) -> Verdict:
    message = message_from_bytes(raw, policy=policy.compat32)
    if (why := "Received" if _goes_round(message) else _automatic(message.get)) is not None:
        return Verdict(Received.IGNORED, why)
    for recipient in recipients:
        kind, _dash, token = recipient.partition("@")[0].partition("-")
        if kind.lower() in _HANDLERS and token:
            letter = Letter(_sender(message), _words(raw), token)
            return _HANDLERS[kind.lower()](letter, now)
    return Verdict(Received.HELD, "No address of ours that takes mail.")


def _automatic(head: Callable[[str, str], str]) -> str | None:
    """Say why this mail is a machine's (RFC 3834 and the customs beside it), or None where a person wrote it."""
    if head("Auto-Submitted", "no").strip().lower() != "no":
        return "Auto-Submitted"
    if head("Precedence", "").strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return "Precedence"
    if head("X-Auto-Response-Suppress", "") or head("List-Id", ""):
        return "X-Auto-Response-Suppress or List-Id"
    if head("Return-Path", "").strip() == "<>":
        return "Return-Path"
    return None


def _goes_round(message: Message) -> bool:
    """Say whether this mail has passed more servers than any honest way has (reliability.md, fault 16)."""
    return len(message.get_all("Received", [])) >= MOST_HOPS


def _sender(message: Message) -> str:
    """Return the one address from which a mail says to come; empty for none, several, a group, or several From lines.

    Programs read such heads differently, and a forger lives on the difference (RFC 5322 3.6: exactly one From).
    """
    heads = [str(head) for head in message.get_all("From", [])]
    if len(heads) != 1 or _GROUP.search(heads[0]):
        return ""
    found = getaddresses(heads)
    return found[0][1].lower() if len(found) == 1 else ""


def _words(raw: bytes) -> str:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except LookupError:
        # A charset that nobody knows: most letters are the same in all of them.
        text = bytes(body.get_payload(decode=True)).decode("utf-8", "replace")
    return new_words(html_to_text(text) if body.get_content_subtype() == "html" else text)


def greet_by_mail(letter: Letter, now: datetime) -> Verdict:
    """An answer to a test mail came back: the page shows it. The signed address is enough, since nothing is posted."""
    test_id = hello.read_token(letter.token)
    if test_id is None or not actions.note_reply(test_id=test_id, sender=letter.sender, now=now):
        return Verdict(Received.HELD, "The address it was sent to is not one that we gave out.")
    return Verdict(Received.DONE)
