"""Secrets of second steps, encrypted at rest with a key that is neither in the database nor in its backup."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def sealed(text: str) -> str:
    """Return the text encrypted with a key that follows from the secret key."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Return what `sealed` was given, also where the secret key has been changed and the old one is a fall-back."""
    return _box().decrypt(text.encode()).decode()


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_fernet(key) for key in keys])


@cache
def _fernet(secret: str) -> Fernet:
    key = salted_hmac("hearth.accounts.sealing", "key", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
