"""What people type or paste when they are asked for a mail server."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.core.errors import Invalid

_SCHEMES = {"smtp": "auto", "smtps": "tls", "ssl": "tls", "tls": "tls", "smtp+starttls": "starttls"}
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*")
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# Dashes that word processors put in place of the plain one.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_USUAL = {465: "tls", 587: "starttls"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A mail server as it was typed. port is None and security `auto` where nothing was said."""

    host: str
    port: int | None
    security: str


def server(text: str) -> Typed:
    """Read the name of a mail server: `mail.example.org`, with a number behind a colon, or a pasted `smtp://…` address.

    Raises Invalid with what to type instead, for an e-mail address, several names, or what is no name at all.
    """
    plain = _GAPS.sub(" ", text.translate(_DASHES)).strip(" .,;<>\"'").lower()
    scheme, mark, rest = plain.rpartition("://")
    security = _SCHEMES.get(scheme, "auto") if mark else "auto"
    place = rest.split("/")[0].split("?")[0]
    if not mark and "@" in place:
        raise Invalid(
            _("That is an e-mail address. Enter the name of the mail server, such as mail.example.org.")
        )
    host, port = _parted(place.rpartition("@")[2])
    try:
        host = host.encode("idna").decode() if host else ""
    except UnicodeError:
        host = ""
    if not _NAME.fullmatch(host) or ("." not in host and host != "localhost"):
        raise Invalid(_("Enter the name of one mail server, such as mail.example.org."))
    return Typed(host, port, _USUAL.get(port or 0, "auto") if security == "auto" else security)


def _parted(place: str) -> tuple[str, int | None]:
    """Part `mail.example.org:587`, or the same with a gap or the word port between."""
    found = re.fullmatch(r"(.*?)(?:\s*:\s*|\s+(?:port\s*)?)(\d+)", place)
    if found is None:
        return place.replace(" :", "").strip(), None
    number = int(found[2][:6])
    if not 1 <= number <= 65535:
        raise Invalid(_("The number behind the colon is too large. Leave it out, we find it by ourselves."))
    return found[1].strip(), number


def password(text: str, *, is_made: bool) -> str:
    """Return a password without what slipped in by copying; one that a provider made never holds gaps."""
    plain = text.strip("\r\n\t \u00a0\u200b\ufeff")
    return _GAPS.sub("", plain) if is_made else plain


def username(text: str) -> str:
    """Return a user name without gaps around it."""
    return _GAPS.sub("", text)
