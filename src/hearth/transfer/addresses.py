"""A keyed hash in place of an e-mail address: it recognises a person who names the address, and tells nothing else."""

from functools import lru_cache

from django.utils.crypto import salted_hmac

from hearth.accounts.addresses import folded

SALT = "hearth.transfer.guest-address"


@lru_cache(maxsize=10_000)
def address_hash(address: str) -> str:
    """The hash (HMAC-SHA-256 with the deployment's secret key) under which the authors of archives are known."""
    return salted_hmac(SALT, folded(address), algorithm="sha256").hexdigest()
