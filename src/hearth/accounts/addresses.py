"""One spelling for each e-mail address, so that an address is found however it was typed."""

import contextlib
import unicodedata


def folded(email: str) -> str:
    """Return the address without spaces around it, in lower case, its domain in ASCII where IDNA 2003 knows how.

    The part before the @ could differ by case (RFC 5321, 2.4), but no provider that people use tells them apart.
    """
    name, at, domain = unicodedata.normalize("NFKC", email).strip().lower().rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return name + at + domain
