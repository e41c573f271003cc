"""Takes in a mail: kept raw and durably first, thought about later."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from hearth.channels.models import InboundMail
from hearth.core.tenancy import across_communities


def keep_mail(*, raw: bytes, sender: str, recipients: Sequence[str], now: datetime) -> bool:
    """Keep one mail exactly as it came; return False when the very same bytes are kept already.

    It is in the database when this returns, so that the sending server may be told "received" (RFC 5321, 4.2.5).
    """
    mail = InboundMail(
        digest=hashlib.sha256(raw).hexdigest(),
        raw=raw,
        sender=sender[:254],
        recipients=list(recipients),
        received_at=now,
    )
    # To whom it belongs is found out when it is read, so no community is open yet.
    with across_communities():
        known = InboundMail.objects.filter(digest=mail.digest).exists()
        # Two servers may bring the same mail at the same moment: the second is left out by its digest.
        InboundMail.objects.bulk_create([mail], ignore_conflicts=True)
    return not known
