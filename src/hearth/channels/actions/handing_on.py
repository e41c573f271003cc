"""Hand the lines for the domain on to the person who runs it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.channels import policy, ways
from hearth.channels.actions.posting import MailWords, send_one, write_mail
from hearth.core import rates
from hearth.core.errors import Conflict
from hearth.core.ids import new_id
from hearth.core.once import once
from hearth.core.tenancy import across_communities

MOST_AN_HOUR = 10


def send_lines(
    *, by: Account, address: str, words: MailWords, language: str, token: str, now: datetime
) -> None:
    """Send these words to one address; the same form twice is one mail.

    Refuses who may not set up mail (NotAllowed), too many in an hour (TooMany), and while no mail goes out (Conflict).
    """
    policy.can_set_up_mail(by).require()
    if not ways.goes_out():
        raise Conflict(
            _("E-mail does not go out yet. Print the lines, or send them from your own mail program.")
        )
    rates.spend(key=f"mail-lines:{by.pk}", most=MOST_AN_HOUR, per=timedelta(hours=1), now=now)

    def make() -> str:
        origin = f"mail-lines:{by.pk}:{token or new_id()}"[:100]
        with across_communities():  # the mail is the deployment's
            mail = write_mail(origin=origin, community=None, language=language, words=words, now=now)
            send_one(mail=mail, address=address, now=now)
        return mail.public_id

    once(token=token, owner=f"account:{by.pk}", now=now, make=make)
