"""One form, one thing: a POST that is repeated (double tap, lost answer, browser's back button) finds the first result."""

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2s

from django.db import IntegrityError, transaction

from hearth.core.models import FormToken


def new_token() -> str:
    """Return a token for a form that is being shown; 128 bits, so nobody meets another's."""
    return secrets.token_urlsafe(16)


def once(*, token: str, owner: str, now: datetime, make: Callable[[], str]) -> str:
    """Run `make` in a transaction unless this owner sent this token before; return its result, or the first one's.

    `owner` keeps people apart: a token taken from another's page is not theirs. Without a token `make` simply runs.
    """
    if not token:
        with transaction.atomic():
            return make()
    key = _key(owner, token)
    first = FormToken.objects.filter(token=key).first()
    if first is not None:
        return first.result
    try:
        with transaction.atomic():
            row = FormToken.objects.create(token=key, result="", used_at=now)
            row.result = make()
            row.save(update_fields=["result"])
            return row.result
    except IntegrityError:
        # Two at the same moment: the second waited on the unique key and now finds what the first one made.
        first = FormToken.objects.filter(token=key).first()
        if first is None:
            raise
        return first.result


def _key(owner: str, token: str) -> str:
    """Return what is kept of a form: a digest, so that no row says who sent what when.

    Beside the words of a workshop, in the order of their keys, it would say who wrote which.
    """
    return blake2s(f"{owner}:{token}".encode()).hexdigest()


def forget_tokens(*, before: datetime) -> int:
    """Delete tokens used before the given time; return how many."""
    return FormToken.objects.filter(used_at__lt=before).delete()[0]
