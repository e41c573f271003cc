"""What the mail with the lines for a domain says."""

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.channels import queries, telling
from hearth.channels.actions import MailWords
from hearth.channels.models import MailTest
from hearth.communities.queries import network


def lines_words(test: MailTest, *, by: Account) -> MailWords:
    """Return the mail to the person who runs the domain, in the active language; `by` asks for it."""
    place = network().name
    parts = {
        "place": place,
        "name": by.name,
        "address": by.email,
        "domain": test.sender.rpartition("@")[2],
        "language": get_language(),
        "titles": telling.titles(),
        "checks": queries.lines_of(test),
    }
    return MailWords(
        from_name=place,
        subject=_("Lines for the domain %(domain)s") % {"domain": parts["domain"]},
        text=render_to_string("channels/mail/lines.txt", parts),
        html=render_to_string("channels/mail/lines.html", parts),
    )
