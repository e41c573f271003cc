"""Look at what the domain of the sender says: who may send for it, whether mails are signed, where answers go.

Each check is a plain dict: check, found (`enums.Found`), why (a key for which `telling` has the words), seen (what stands
there), lines (host, type and value of each line that the person who runs the domain should write there).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from hearth.channels import looking_up, spf
from hearth.channels.enums import Found
from hearth.channels.looking_up import Silent, addresses, records
from hearth.channels.providers import NOT_NEEDED, Provider

Check = dict[str, Any]
Line = tuple[str, str, str]
MOST_PARENTS = 3
_INSIDE = [
    ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked at. host: the mail server that is used; site: the name of our own machine; mail: the reply domain."""

    domain: str
    provider: Provider
    host: str
    site: str
    mail: str


def look(question: Question) -> list[Check]:
    """Make all checks. Never raises for what stands in the directory, nor for its silence."""
    made = [_asked(name, check, question) for name, check in _CHECKS.items()]
    return _with_strictness(made)


def _asked(name: str, check: Callable[[Question], Check], question: Question) -> Check:
    try:
        found = check(question)
    except Silent as silent:
        found = _check(Found.UNKNOWN, "silent", seen=[str(silent)[:300]])
    return {"check": name, **found}


def _check(found: Found, why: str, *, seen: Sequence[str] = (), lines: Sequence[Line] = ()) -> Check:
    written = [{"host": host, "type": kind, "value": value} for host, kind, value in lines]
    return {"found": found.value, "why": why, "seen": [one[:500] for one in seen][:10], "lines": written}


def _spf(question: Question) -> Check:
    """Whether the domain allows this provider to send (RFC 7208)."""
    domain, include = question.domain, question.provider.spf
    if domain in question.provider.domains:
        return _check(Found.OTHERS, "providers_domain")
    read = spf.read(domain)
    if len(read.own) > 1:
        one = spf.merged(read.own)
        whole = (
            one
            if include in {"", NOT_NEEDED} or f"include:{include}" in one
            else spf.with_include(one, include)
        )
        return _check(Found.WRONG, "several", seen=read.own, lines=[(domain, "TXT", whole)])
    if read.look_ups > spf.MOST_LOOK_UPS:
        return _check(Found.WRONG, "too_many", seen=read.own)
    if include == NOT_NEEDED:
        return _check(Found.RIGHT, "not_needed", seen=read.own)
    if not include:
        return _spf_of_unknown(question, read)
    if read.allows(include):
        return _check(Found.RIGHT, "", seen=read.own)
    line = spf.with_include(read.own[0] if read.own else "", include)
    return _check(
        Found.WRONG, "missing" if read.own else "none", seen=read.own, lines=[(domain, "TXT", line)]
    )


def _spf_of_unknown(question: Question, read: spf.Reading) -> Check:
    if any(read.allows_address(address) for address in addresses(question.host)):
        return _check(Found.RIGHT, "", seen=read.own)
    return _check(Found.UNKNOWN, "ask_provider" if read.own else "none_ask_provider", seen=read.own)


def _dkim(question: Question) -> Check:
    """Whether a key for signatures stands there (RFC 6376). A selector cannot be guessed: only those known are looked at."""
    domain, provider = question.domain, question.provider
    if domain in provider.domains:
        return _check(Found.OTHERS, "providers_domain")
    if not provider.selectors:
        return _check(Found.UNKNOWN, "ask_provider")
    places = {selector: f"{selector}._domainkey.{domain}" for selector in provider.selectors}
    found = [place for place in places.values() if any(map(_is_key, records(place, "TXT")))]
    if found:
        return _check(Found.RIGHT, "", seen=found)
    if provider.own_selector:
        return _check(Found.UNKNOWN, "ask_provider")
    lines = [
        (place, "CNAME", provider.dkim_line.format(selector=selector, domain=domain))
        for selector, place in places.items()
        if provider.dkim_line
    ]
    return _check(Found.WRONG, "none" if lines else "switch_on", lines=lines)


def _is_key(line: str) -> bool:
    tags = {
        name.strip(): value.strip() for name, _mark, value in (tag.partition("=") for tag in line.split(";"))
    }
    return bool(tags.get("p")) and tags.get("v", "DKIM1") == "DKIM1"


def _dmarc(question: Question) -> Check:
    """What the domain wants done with mail that nothing vouches for (RFC 7489); where it is silent those above it count."""
    domain = question.domain
    if domain in question.provider.domains:
        return _check(Found.OTHERS, "providers_domain")
    labels = domain.split(".")
    for up in range(min(MOST_PARENTS, max(1, len(labels) - 1))):
        found = [
            one
            for one in records("_dmarc." + ".".join(labels[up:]), "TXT")
            if one.lower().startswith("v=dmarc1")
        ]
        if len(found) > 1:
            return _check(Found.WRONG, "several", seen=found)
        if found:
            return _check(Found.RIGHT, _policy(found[0]), seen=found)
    return _check(Found.WRONG, "none", lines=[(f"_dmarc.{domain}", "TXT", "v=DMARC1; p=none")])


def _policy(record: str) -> str:
    tags = dict(tag.replace(" ", "").lower().partition("=")[::2] for tag in record.split(";"))
    return tags.get("p", "") if tags.get("p") in {"none", "quarantine", "reject"} else "none"


def _with_strictness(checks: list[Check]) -> list[Check]:
    """A domain that wants mail refused for which nothing vouches, while nothing vouches for ours, has ours refused."""
    found = {check["check"]: check for check in checks}
    vouched = any(
        found[name]["found"] in {Found.RIGHT, Found.OTHERS, Found.UNKNOWN} for name in ("spf", "dkim")
    )
    if found["dmarc"]["why"] in {"quarantine", "reject"} and not vouched:
        found["dmarc"] |= {"found": Found.WRONG.value, "why": "strict"}
    return checks


def _reverse(question: Question) -> Check:
    """Whether the machine that sends has a name that leads back to it; where a provider sends, that is its matter."""
    if not any(_is_inside(address) for address in addresses(question.host)):
        return _check(Found.OTHERS, "provider_sends")
    ours = [address for address in addresses(question.site) if not _is_inside(address)]
    if not ours:
        return _check(Found.UNKNOWN, "no_address")
    names = {address: looking_up.names_of(address) for address in ours}
    bad = [address for address in ours if not any(address in addresses(name) for name in names[address])]
    if not bad:
        return _check(Found.RIGHT, "", seen=[f"{address} {' '.join(names[address])}" for address in ours])
    lines = [(address, "PTR", f"{question.site}.") for address in bad]
    return _check(Found.WRONG, "mismatch" if any(names[one] for one in bad) else "none", lines=lines)


def _is_inside(address: str) -> bool:
    return any(ip_address(address) in network for network in _INSIDE)


def _mx(question: Question) -> Check:
    """Whether answers to our reply addresses come to this machine (RFC 5321, 5.1)."""
    domain, site = question.mail, question.site
    if domain.endswith("localhost"):
        return _check(Found.WRONG, "not_set", seen=[domain])
    hosts = [line.split()[-1].rstrip(".").lower() for line in records(domain, "MX")]
    ours = set(addresses(site)) if site else set()
    if not hosts:
        return _check(Found.WRONG, "none", lines=[(domain, "MX", f"10 {site or domain}.")])
    if any(ours & set(addresses(host)) for host in hosts[:5]):
        return _check(Found.RIGHT, "", seen=hosts)
    return _check(Found.UNKNOWN, "elsewhere", seen=hosts)


_CHECKS: dict[str, Callable[[Question], Check]] = {
    "spf": _spf,
    "dkim": _dkim,
    "dmarc": _dmarc,
    "reverse": _reverse,
    "mx": _mx,
}
