"""By which way mails go out at this moment: the environment's mail server, the account that an operator set up, or none yet.

In the sample network mails of its invented people never leave: they are done as soon as they stand on the outbox page.
Mails of real communities wait until there is a way.
"""

from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db.models import Q

from hearth.accounts.models import Account
from hearth.channels.enums import Place
from hearth.channels.models import MailAccount
from hearth.channels.transports import OutboxTransport, SmtpTransport, Transport
from hearth.communities.models import Network


@dataclass(frozen=True, slots=True)
class Way:
    """A transport and the deliveries that go by it."""

    transport: Transport
    among: Q


@dataclass(frozen=True, slots=True)
class _Known:
    account: MailAccount | None
    has_sample: bool
    operator: str


_memory: list[tuple[float, _Known]] = []


def ways_out() -> list[Way]:
    """Return the ways that are open now; a delivery for which there is none waits."""
    if settings.SMTP_URL:
        return [Way(SmtpTransport(settings.SMTP_URL), Q())]
    known = _known()
    ways = [Way(OutboxTransport(), _of_sample())] if known.has_sample else []
    if known.account is not None:
        real = ~_of_sample() if known.has_sample else Q()
        ways.append(Way(SmtpTransport(known.account.url, sender=known.account.sender), real))
    return ways


def _of_sample() -> Q:
    invented = Account.objects.filter(is_sample=True).exclude(email="")
    return Q(community__is_sample=True) | Q(address__in=invented.values("email"))


def goes_out() -> bool:
    """Return whether mails of real communities leave this machine. Kept in memory for `MAIL_MEMORY_SECONDS`."""
    return bool(settings.SMTP_URL) or _known().account is not None


def sender() -> str:
    """Return the address that stands in the From line of what goes out by the account; empty where there is none."""
    account = None if settings.SMTP_URL else _known().account
    return account.sender if account else ""


def operator_name() -> str:
    """Return the name of somebody who runs this server, to be asked; empty where nobody does."""
    return _known().operator


def forget() -> None:
    """Let go of what is kept in memory, so that this process sees a change at once."""
    _memory.clear()


def _known() -> _Known:
    seconds = settings.MAIL_MEMORY_SECONDS
    if seconds and _memory and monotonic() - _memory[0][0] < seconds:
        return _memory[0][1]
    runs = Account.objects.filter(is_operator=True, is_active=True, is_sample=False)
    account = MailAccount.objects.filter(place=Place.USED).first()
    known = _Known(
        account=account if account and account.can_sign_in else None,
        has_sample=Network.objects.filter(is_sample=True).exists(),
        operator=runs.order_by("pk").values_list("name", flat=True).first() or "",
    )
    _memory[:] = [(monotonic(), known)]
    return known
