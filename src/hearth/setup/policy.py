"""Who may begin a community, and go on with one that has begun."""

import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.communities.models import Community
from hearth.core.verdicts import YES, Verdict, no

THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def begin_key() -> str:
    """Return the key in the link that the start of an empty network shows. It follows from the secret key (100 bits)."""
    return salted_hmac("hearth.setup.begin", "begin", algorithm="sha256").hexdigest()[:25]


def runs_the_server() -> bool:
    """Say whether who founds a community now runs the server from then on: nobody but invented people does so far.

    Not where somebody has opened the sample door to the world: there strangers begin communities. By itself it opens only
    to who sits at the machine (`config.start`).
    """
    is_here = urlsplit(settings.SITE_URL).hostname in THIS_MACHINE
    nobody_does = not Account.objects.filter(is_operator=True, is_sample=False).exists()
    return nobody_does and (is_here or not settings.SAMPLE_DOOR)


def can_begin(account: Account | None, *, key: str = "") -> Verdict:
    """Say whether this visitor may begin a community.

    In an empty network whoever holds the key of its start; afterwards the person who runs the server, who asks the
    others in. Where the sample door stands open everybody, to try it.
    """
    if settings.SAMPLE_DOOR or (account is not None and account.is_operator):
        return YES
    if Community.objects.exists():
        return no(_("The person who runs this server begins new communities here. Ask that person."))
    if hmac.compare_digest(key.encode(), begin_key().encode()):
        return YES
    return no(_("Open the link that stands in the window where Hearth was started. With it you can begin."))
