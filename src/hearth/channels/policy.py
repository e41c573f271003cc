"""Who may set up by which way mails go out."""

from django.conf import settings
from django.utils.translation import gettext as _

from hearth.accounts.models import Account
from hearth.core.verdicts import YES, Verdict, no


def can_set_up_mail(account: Account) -> Verdict:
    """Say whether this person may set up and test sending: an operator who is no sample person.

    Anyone may be a sample person with one click, and a test connects this machine to whatever server is typed. Where the
    environment names the mail server (HEARTH_SMTP_URL), nobody changes it on a page; testing it stays possible.
    """
    if not account.is_operator:
        return no(_("Only the person who runs the server can do that."))
    if account.is_sample:
        return no(_("People of the sample network send nothing. Begin your own community to set up e-mail."))
    return YES


def can_change_mail(account: Account) -> Verdict:
    """Say whether this person may change by which way mails go out."""
    verdict = can_set_up_mail(account)
    if verdict and settings.SMTP_URL:
        return no(_("The person who runs the server has set up sending. It is changed there, not here."))
    return verdict
