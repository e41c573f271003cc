"""Short signed tokens for addresses in mails: lower case only, fit for a mail address, bound to one purpose."""

import hmac
from base64 import b32decode, b32encode
from hashlib import sha256

from django.conf import settings

MAC_BYTES = 10  # 80 bits (security.md, section 3: inbound identity)


class TokenError(ValueError):
    """The token was not made here, was made for another purpose, or was damaged."""


def seal(purpose: str, *numbers: int) -> str:
    """Return a token carrying these whole numbers (each at most 64 bits), 80 bits of signature with it."""
    payload = b"".join(_pack(number) for number in numbers)
    return _written(payload + _mac(purpose, payload))


def _written(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()


def open_token(purpose: str, token: str, *, numbers: int) -> list[int]:
    """Return the numbers of a token made for this purpose; upper and lower case are alike. Raise TokenError otherwise."""
    try:
        raw = b32decode(token.strip().upper() + "=" * (-len(token.strip()) % 8))
    except ValueError as error:
        raise TokenError from error
    payload, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if _written(raw) != token.strip().lower():
        raise TokenError  # the last letter has spare bits: of all spellings of the same bytes only ours counts
    if not hmac.compare_digest(mac, _mac(purpose, payload)):
        raise TokenError
    found = _unpack(payload)
    if len(found) != numbers:
        raise TokenError
    return found


def _mac(purpose: str, payload: bytes) -> bytes:
    key = f"hearth.token.{purpose}.{settings.SECRET_KEY}".encode()
    return hmac.new(key, payload, sha256).digest()[:MAC_BYTES]


def _pack(number: int) -> bytes:
    # Seven bits a byte, the high bit says that more follow: two keys and the signature fit 64 letters.
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _unpack(payload: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in payload:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number, shift = 0, 0
    return numbers
