"""What mails about the account say."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hearth.accounts.queries import SignInMail
from hearth.channels.actions import MailWords
from hearth.communities.queries import network


def sign_in_words(asked: SignInMail) -> MailWords:
    """Return the mail that opens the door, in the active language. Its subject holds no code: lock screens show it."""
    place = asked.community.name if asked.community else network().name
    phone = asked.community.help_phone if asked.community else ""
    parts = {
        "asked": asked,
        "place": place,
        "code": f"{asked.code[:3]} {asked.code[3:]}",
        "hello": _("Hello %(name)s,") % {"name": asked.name} if asked.name else _("Hello,"),
        "phone": _("Phone %(phone)s") % {"phone": phone} if phone else "",
    }
    return MailWords(
        from_name=place,
        subject=_("Come in to %(place)s") % {"place": place},
        text=render_to_string("notices/mail/sign_in.txt", parts),
        html=render_to_string("notices/mail/sign_in.html", parts),
    )
