"""Ask the directory of names (DNS), with an answer of three kinds: what stands there, nothing, or "it did not answer"."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import dns.exception
import dns.name
import dns.resolver
import dns.reversename
from django.conf import settings

PATIENCE = 3.0  # seconds for one question, all tries together


class Silent(Exception):
    """The directory did not answer, or said that it cannot now: nothing follows from that."""


def records(name: str, kind: str) -> list[str]:
    """Return the lines of this kind at this name, none where there are none. Raise Silent where nobody answered."""
    try:
        found = _resolver().resolve(name, kind, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.resolver.YXDOMAIN, dns.name.NameTooLong, dns.name.EmptyLabel, dns.name.LabelTooLong):
        return []
    except dns.exception.DNSException as error:
        raise Silent(str(error)) from error
    if kind == "TXT":
        # One line may come in several pieces, which belong together without a gap (RFC 7208, 3.3).
        return [b"".join(one.strings).decode(errors="replace") for one in found]
    return [one.to_text() for one in found]


def addresses(name: str) -> list[str]:
    """Return the addresses of this name, of either kind; an address is its own."""
    try:
        return [str(ip_address(name))]
    except ValueError:
        return records(name, "A") + records(name, "AAAA")


def names_of(address: str) -> list[str]:
    """Return the names that the address says to have (its reverse entry)."""
    return [name.rstrip(".").lower() for name in records(str(dns.reversename.from_address(address)), "PTR")]


def _resolver() -> dns.resolver.Resolver:
    chosen = settings.DNS_SERVER
    resolver = dns.resolver.Resolver(configure=not chosen)
    resolver.lifetime, resolver.timeout = PATIENCE, PATIENCE / 2
    if chosen:
        parts = urlsplit(f"//{chosen}")
        resolver.nameservers, resolver.port = [parts.hostname or ""], parts.port or 53
    return resolver
