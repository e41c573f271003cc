"""Read what a domain says about who may send for it (SPF, RFC 7208), as far as one question goes: is this provider in it?"""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

from hearth.channels import looking_up

MOST_LOOK_UPS = 10  # RFC 7208, 4.6.4
_MOST_STEPS = 15  # of our own reading, whatever the records say
_ASK = {"include", "a", "mx", "ptr", "exists", "redirect"}


@dataclass
class Reading:
    """What was read: the records at the domain itself, all names that are included, how often one has to look up."""

    own: list[str] = field(default_factory=list)
    included: set[str] = field(default_factory=set)
    networks: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    look_ups: int = 0
    steps: int = 0

    def allows(self, include: str) -> bool:
        """Say whether this name is included, directly or by way of another."""
        return include.lower() in self.included

    def allows_address(self, address: str) -> bool:
        """Say whether one of the networks or hosts that are named holds this address."""
        wanted = ip_address(address)
        if any(
            wanted in ip_network(network, strict=False) for network in self.networks if _is_network(network)
        ):
            return True
        return any(address in looking_up.addresses(host) for host in sorted(self.hosts)[:MOST_LOOK_UPS])


def read(domain: str) -> Reading:
    """Read the records of this domain and of what they include. Raises `looking_up.Silent`."""
    reading = Reading(own=_records(domain))
    if len(reading.own) == 1:
        _follow(reading, domain, reading.own[0])
    return reading


def _records(domain: str) -> list[str]:
    # The directory gives several lines in any order; a page that is looked at twice should say the same.
    return sorted(
        line for line in looking_up.records(domain, "TXT") if line.lower().split(" ")[0] == "v=spf1"
    )


def _follow(reading: Reading, domain: str, record: str) -> None:
    for term in record.split()[1:]:
        kind, value = _parted(term.lower())
        reading.look_ups += kind in _ASK
        if kind in {"ip4", "ip6"}:
            reading.networks.append(value)
        elif kind == "a":
            reading.hosts.add(value or domain)
        elif kind == "mx":
            reading.hosts.update(_mail_hosts(value or domain))
        elif kind in {"include", "redirect"} and value not in reading.included:
            _include(reading, value)


def _include(reading: Reading, name: str) -> None:
    reading.included.add(name)
    reading.steps += 1
    if reading.steps <= _MOST_STEPS and "%" not in name:
        for record in _records(name)[:1]:
            _follow(reading, name, record)


def _mail_hosts(name: str) -> list[str]:
    return [line.split()[-1].rstrip(".").lower() for line in looking_up.records(name, "MX")]


def _parted(term: str) -> tuple[str, str]:
    plain = term.lstrip("+-~?")
    for mark in (":", "="):
        if mark in plain:
            kind, _mark, value = plain.partition(mark)
            return kind, value if kind in {"ip4", "ip6"} else value.split("/")[0].rstrip(".")
    return plain.split("/")[0], ""


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def with_include(record: str, include: str) -> str:
    """Return the record with one more name to include, put before the part that says what holds for all others."""
    terms = record.split() or ["v=spf1", "~all"]
    place = next(
        (at for at, term in enumerate(terms) if _parted(term.lower())[0] in {"all", "redirect"}), len(terms)
    )
    return " ".join([*terms[:place], f"include:{include}", *terms[place:]])


def merged(records: list[str]) -> str:
    """Return one record that says what these say together; the mildest word for all others wins."""
    terms = dict.fromkeys(term for record in records for term in record.split()[1:])
    alls = [term for term in terms if _parted(term.lower())[0] == "all"]
    rest = [term for term in terms if term not in alls]
    return " ".join(["v=spf1", *rest, "~all" if len(alls) != 1 else alls[0]])
