"""Codes and links of a challenge, worked out from its public id and the secret key: the database holds neither."""

import hmac
import secrets
import unicodedata
from base64 import b32encode
from hashlib import sha256

from django.utils.crypto import salted_hmac

from hearth.core.ids import LENGTH as ID_LENGTH

# 21 letters and digits of which no two look or sound alike on paper, on a screen or through tears: no 0/O, 1/I/L, 2/Z,
# 5/S, 8/B, G/6, U/V, Q. Six of them are 26 bits; ASVS 5.0.0, 6.5.4 asks for 20.
ALPHABET = "ACDEFHJKMNPRTWXY34679"
LENGTH = 6
LINK_LETTERS = 26  # of five bits each: 130 bits

# Keyboards for Greek and Cyrillic have keys with the same shapes.
_CYRILLIC = "\u0410\u0421\u0415\u041d\u041a\u041c\u0420\u0422\u0425\u0423"
_GREEK = "\u0391\u0395\u0397\u039a\u039c\u039d\u03a1\u03a4\u03a7\u03a5"
_SAME_SHAPE = str.maketrans(_CYRILLIC + _GREEK, "ACEHKMPTXY" + "AEHKMNPTXY")


def code_of(public_id: str) -> str:
    """Return the six characters that belong to the challenge with this public id."""
    number = int.from_bytes(_mac("code", public_id)[:16])
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def cleaned(typed: str) -> str:
    """Return what was typed as capitals without spaces, dashes and dots; look-alikes of other alphabets are understood."""
    capitals = unicodedata.normalize("NFKC", typed[:100]).upper().translate(_SAME_SHAPE)
    return "".join(letter for letter in capitals if letter.isalnum())


def is_code_of(public_id: str, typed: str) -> bool:
    """Return whether this was typed for that challenge; takes the same time whatever was typed."""
    return hmac.compare_digest(code_of(public_id).encode(), cleaned(typed).encode())


def link_token(public_id: str) -> str:
    """Return what stands in the link of the challenge with this public id."""
    return public_id + b32encode(_mac("link", public_id)).decode().lower()[:LINK_LETTERS]


def public_id_in(token: str) -> str | None:
    """Return the public id of the challenge whose link holds this token; None when we never made it."""
    public_id = token[:ID_LENGTH]
    same = hmac.compare_digest(link_token(public_id).encode(), token.encode())
    return public_id if same else None


def new_browser_key() -> str:
    """Return a key for the cookie of a browser that asked to sign in; 128 bits."""
    return secrets.token_urlsafe(16)


def browser_hash(browser_key: str) -> str:
    """Return what is stored of a browser's key."""
    return sha256(f"hearth.accounts.browser:{browser_key}".encode()).hexdigest()


def _mac(purpose: str, public_id: str) -> bytes:
    return salted_hmac(f"hearth.accounts.{purpose}", public_id, algorithm="sha256").digest()
