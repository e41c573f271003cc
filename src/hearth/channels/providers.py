"""The mail providers that societies in Europe use: what a machine needs to know of each (providers.json), and what a person.

In the file `spf` is the name to include; empty means that it is not known, "-" that this provider needs none. `checked` is
the day on which the facts were compared with `source` or with what several domains really say; empty where that is still to
be done. own_selector: the customer may have given the signature another name, so one that is not found proves nothing.
Numbers of 0 are not known.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FACTS = Path(__file__).with_name("providers.json")
OTHER = "other"
SERVER = "server"  # the mail server of HEARTH_SMTP_URL
NOT_NEEDED = "-"


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of one provider. kind: office, host, box (a mailbox at the provider's own domain) or service."""

    key: str
    name: str
    kind: str
    host: str
    port: int
    security: str
    user: str
    password: str
    password_url: str
    spf: str
    selectors: Sequence[str]
    own_selector: bool
    dkim_line: str
    domains: Sequence[str]
    per_hour: int
    per_day: int
    source: str
    checked: str

    def username_for(self, address: str) -> str:
        """Return the user name that belongs to this address; empty where the provider gives one of its own."""
        if self.user == "own":
            return ""
        return address.partition("@")[0] if self.user == "local" else address


# What stands in for a provider that is not in the list.
UNKNOWN = Provider(OTHER, "", "", "", 0, "auto", "own", "usual", "", "", (), True, "", (), 0, 0, "", "")

KINDS: list[tuple[str, Promise]] = [
    ("office", _("Office programs and mail on their own")),
    ("host", _("Where your website or your domain is kept")),
    ("box", _("Single mailboxes")),
    ("service", _("Services that only send")),
]

_PASSWORDS: dict[str, Promise] = {
    "usual": _("The password of this mailbox."),
    "app": _("Not your usual password: an app password. It is a long one for a single program."),
    "token": _("Not your usual password: a password for mail programs, which your provider makes for you."),
    "key": _("The key for sending that your provider makes for you. It is long; copy it whole."),
}

# Where the password is found, and what else has to be switched on there; said before the password is asked for.
_WHERE: dict[str, Promise] = {
    "microsoft": _(
        "Open your Microsoft account, then Security info, then Add, then App password. Whoever looks after "
        "Microsoft 365 must allow “Authenticated SMTP” for this mailbox. Microsoft switches this way off bit by bit."
    ),
    "google": _("Open your Google account, then Security, 2-Step Verification, App passwords."),
    "gmail": _("Open your Google account, then Security, 2-Step Verification, App passwords."),
    "infomaniak": _(
        "Open the Manager, choose the mailbox, then Devices. It makes a password for one program."
    ),
    "mailboxorg": _("Open the settings, then Security. With a second step you need an app password."),
    "proton": _(
        "Open Settings, then IMAP/SMTP, then SMTP tokens. It needs a paid plan and a domain of your own."
    ),
    "fastmail": _("Open Settings, then Privacy & Security, then Integrations, New app password."),
    "zoho": _("Open your Zoho account, then Security, then App passwords."),
    "gmx": _("In the settings of GMX, allow “POP3 & IMAP” first. Else the password is refused."),
    "webde": _("In the settings of web.de, allow “POP3 & IMAP” first. Else the password is refused."),
    "orange": _("In your Orange mailbox, allow other mail programs first. Else the password is refused."),
    "telekom": _("Open the customer centre, then Passwords, then Password for mail programs."),
    "allinkl": _(
        "The name of your mail server stands in the KAS, beside the mailbox. It ends in kasserver.com."
    ),
    "homepl": _("The name of your mail server stands in your panel. It often looks like serwer123.home.pl."),
    "brevo": _("Open SMTP & API in Brevo. Take the login and an SMTP key from there, not an API key."),
    "mailjet": _("Open API keys in Mailjet. The user name is the API key, the password the secret key."),
    "postmark": _(
        "Open your server in Postmark, then API Tokens. User name and password are both that token."
    ),
    "ses_frankfurt": _(
        "Open SMTP settings in the console of SES. Take the user name and password made there."
    ),
    "ses_ireland": _("Open SMTP settings in the console of SES. Take the user name and password made there."),
    "mailgun": _("Open Sending, Domain settings, SMTP credentials in Mailgun."),
}


@cache
def providers() -> dict[str, Provider]:
    """Return all providers by key, in the order in which they are offered."""
    rows: list[dict[str, Any]] = json.loads(_FACTS.read_text(encoding="utf-8"))
    return {row["key"]: Provider(**row) for row in rows}


def provider(key: str) -> Provider:
    """Return the provider with this key, or what stands in for one that nobody knows."""
    return providers().get(key, UNKNOWN)


def password_words(key: str) -> str:
    """Say which kind of password this provider wants."""
    return str(_PASSWORDS[provider(key).password])


def where_words(key: str) -> str:
    """Say where it is found and what has to be switched on; empty where there is nothing to say."""
    return str(_WHERE.get(key, ""))
