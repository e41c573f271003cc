"""Secrets that must be read again, encrypted at rest with a key that is neither in the database nor in its backup."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def sealed(text: str, *, purpose: str) -> str:
    """Return the text encrypted with a key that follows from the secret key; each purpose has a key of its own."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(text: str, *, purpose: str) -> str:
    """Return what `sealed` was given, also where the secret key has been changed and the old one is a fall-back.

    Raises `cryptography.fernet.InvalidToken` for what was sealed for another purpose or with a key that is gone.
    """
    return _box(purpose).decrypt(text.encode()).decode()


def _box(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_fernet(key, purpose) for key in keys])


@cache
def _fernet(secret: str, purpose: str) -> Fernet:
    key = salted_hmac(f"hearth.{purpose}.sealing", "key", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
