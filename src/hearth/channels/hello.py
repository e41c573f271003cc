"""The test mail: what it says, and what comes of an answer to it."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hearth.channels.compose import as_sent, for_servers, message_id_for
from hearth.channels.models import MailAccount, MailTest
from hearth.channels.trying import Letter
from hearth.communities.queries import network
from hearth.core.tokens import TokenError, open_token, seal

HELLO = "hello"


def letter(test: MailTest, account: MailAccount) -> Letter:
    """Return the test mail, in the language in which it was asked for."""
    with translation.override(test.language):
        content = as_sent(_message(test, account))
    return Letter(sender=account.sender, recipient=for_servers(test.address), content=content)


def _message(test: MailTest, account: MailAccount) -> EmailMessage:
    parts = {"place": network().name, "language": test.language, "takes_answers": answers_can_arrive()}
    message = EmailMessage()
    message["From"] = Address(display_name=network().name, addr_spec=account.sender)
    message["To"] = for_servers(test.address)
    message["Subject"] = _("Test: your e-mail works")
    message["Date"] = format_datetime(test.asked_at)
    # Another try after "come back later" is the same mail; another test is another one.
    message["Message-ID"] = message_id_for(f"hello-{test.public_id}")
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice passes for the answer
    message["Reply-To"] = reply_address(test.pk)
    message.set_content(render_to_string("channels/mail/hello.txt", parts))
    message.add_alternative(render_to_string("channels/mail/hello.html", parts), subtype="html")
    return message


def reply_address(test_id: int) -> str:
    """Return the address by which an answer to this test mail is known; signed, 80 bits."""
    return f"{HELLO}-{seal(HELLO, test_id)}@{settings.MAIL_DOMAIN}"


def read_token(token: str) -> int | None:
    """Return the key of the test that this token names; None where it is not one of ours."""
    try:
        return open_token(HELLO, token, numbers=1)[0]
    except TokenError:
        return None


def answers_can_arrive() -> bool:
    """Return whether the domain of our reply addresses is one that others can reach at all."""
    return not str(settings.MAIL_DOMAIN).endswith("localhost")
