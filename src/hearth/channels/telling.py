"""What a test of sending is told in: one plain sentence for what is, one for what to do. The technical words stay below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.channels.enums import Found
from hearth.channels.models import MailTest
from hearth.channels.providers import provider

# (what is, what to do); names in them are filled in by `_filled`.
Words = tuple[str | Promise, str | Promise]


@dataclass(frozen=True, slots=True)
class Told:
    """One step or check as a page says it. said: what the other side said, for the person who runs the mail."""

    found: str
    title: str
    words: str
    advice: str
    said: str
    lines: list[dict[str, str]]
    summary: str = ""


# Which answer is to be looked at again: the route of its question.
_QUESTIONS = {
    "password": "mail_password",
    "app_password": "mail_password",
    "letters": "mail_password",
    "sender": "mail_sender",
    **dict.fromkeys(
        ("no_name", "no_answer", "closed", "not_mail", "certificate", "open_line"), "mail_server"
    ),
}

_RIGHT: dict[str, str | Promise] = {
    "find": gettext_lazy("We found the mail server."),
    "reach": gettext_lazy("It answers."),
    "safe": gettext_lazy("Nobody can listen on the way."),
    "sign_in": gettext_lazy("User name and password fit."),
    "sender": gettext_lazy("It sends for your address."),
    "taken": gettext_lazy("It took the test e-mail."),
}

_BLOCKED = gettext_lazy(
    "Look at the name. Some hosting companies also block outgoing e-mail. Ask the person who runs your server to open it."
)
_NOT_SAFE: Words = (
    gettext_lazy("The way to %(host)s is open to listeners. We did not send your password."),
    gettext_lazy("Ask your provider for a mail server with a safe line."),
)
_STEPS: dict[str, Words] = {
    "no_name": (
        gettext_lazy("There is no mail server called %(host)s."),
        gettext_lazy("Look at the name again. A letter may be missing."),
    ),
    "no_answer": (gettext_lazy("%(host)s does not answer."), _BLOCKED),
    "closed": (gettext_lazy("%(host)s does not let us in."), _BLOCKED),
    "not_mail": (
        gettext_lazy("Somebody answers at %(host)s, but it takes no e-mail."),
        gettext_lazy("Look at the name again. Your provider calls it the outgoing mail server."),
    ),
    "certificate": (
        gettext_lazy("%(host)s cannot prove that it is %(host)s. We did not send your password."),
        gettext_lazy(
            "Use the name that your provider gives. If it is the same, its proof has run out: tell the provider."
        ),
    ),
    "open_line": _NOT_SAFE,
    "open_way": (
        gettext_lazy("The way to %(host)s is open to listeners."),
        gettext_lazy("Ask the person who runs the server for a safe one."),
    ),
    "no_safe_line": _NOT_SAFE,
    "password": (
        gettext_lazy("The mail server does not accept user name and password."),
        gettext_lazy("Enter the password once more. It must be this kind:"),
    ),
    "app_password": (
        gettext_lazy("The mail server wants another password than your usual one."),
        gettext_lazy("Make a password for a single program at your provider. Then enter it here."),
    ),
    "sign_in_off": (
        gettext_lazy("This mailbox lets no program send."),
        gettext_lazy("It has to be allowed at your provider first. Then test again."),
    ),
    "letters": (
        gettext_lazy("The password holds letters that mail servers do not take, such as ü or é."),
        gettext_lazy("Choose a password with plain letters at your provider. Then enter it here."),
    ),
    "sender": (
        gettext_lazy("The mail server does not send for %(sender)s."),
        gettext_lazy(
            "Send from the address that belongs to this user name. Or allow the other one at your provider."
        ),
    ),
    "receiver": (
        gettext_lazy("The mail server does not take e-mail to %(address)s."),
        gettext_lazy("Is that address right? You can change it in your account."),
    ),
    "content": (
        gettext_lazy("The mail server refused the test e-mail."),
        gettext_lazy("Show the answer below to your provider."),
    ),
    "later": (
        gettext_lazy("The mail server asks us to come back later. That is usual for somebody new."),
        gettext_lazy("You need do nothing. We try again by ourselves."),
    ),
    "slow": (
        gettext_lazy("%(host)s answers too slowly. We stopped waiting."),
        gettext_lazy("Test again in a few minutes. If it stays so, ask your provider."),
    ),
    "cut": (
        gettext_lazy("%(host)s hung up in the middle."),
        gettext_lazy("Test again in a few minutes. If it stays so, ask your provider."),
    ),
}

_TITLES: dict[str, str | Promise] = {
    "spf": gettext_lazy("Your domain names who may send"),
    "dkim": gettext_lazy("Your e-mails carry a signature"),
    "dmarc": gettext_lazy("Your domain says what to do with false e-mails"),
    "reverse": gettext_lazy("The machine that sends has a name"),
    "mx": gettext_lazy("Answers find their way back"),
}
_HAND_ON = gettext_lazy("Give the line below to the person who runs your domain.")
_ASK_PROVIDER = gettext_lazy("Ask your provider which line your domain needs.")
_OTHERS: Words = (gettext_lazy("Your provider looks after this."), "")
_SILENT: Words = (
    gettext_lazy("We could not look this up just now."),
    gettext_lazy("Test again in a few minutes."),
)
_CHECKS: dict[tuple[str, str], Words] = {
    ("spf", ""): (gettext_lazy("Right. It names your provider."), ""),
    ("spf", "not_needed"): (gettext_lazy("Right. With this provider your domain need not say anything."), ""),
    ("spf", "none"): (
        gettext_lazy("It names nobody yet. Some of your e-mails will land in the junk folder."),
        _HAND_ON,
    ),
    ("spf", "missing"): (
        gettext_lazy("It does not name your provider. Your e-mails can land in the junk folder."),
        _HAND_ON,
    ),
    ("spf", "several"): (gettext_lazy("It says so in several places. Then none of them counts."), _HAND_ON),
    ("spf", "too_many"): (
        gettext_lazy("It names so many senders that nobody reads to the end."),
        gettext_lazy("Ask the person who runs your domain to shorten the list."),
    ),
    ("spf", "ask_provider"): (gettext_lazy("We do not know what your provider needs here."), _ASK_PROVIDER),
    ("spf", "none_ask_provider"): (
        gettext_lazy("It names nobody yet. We do not know what your provider needs here."),
        _ASK_PROVIDER,
    ),
    ("dkim", ""): (gettext_lazy("Right. Receivers can check that an e-mail is from you."), ""),
    ("dkim", "none"): (gettext_lazy("Receivers cannot check it yet."), _HAND_ON),
    ("dkim", "switch_on"): (
        gettext_lazy("Receivers cannot check it yet."),
        gettext_lazy(
            "Switch it on at your provider. It gives you lines for the person who runs your domain."
        ),
    ),
    ("dkim", "ask_provider"): (
        gettext_lazy("We cannot see from outside whether your provider signs."),
        gettext_lazy("Ask your provider whether your e-mails carry a signature."),
    ),
    ("dmarc", "none"): (gettext_lazy("It says nothing yet. Large mail companies expect it."), _HAND_ON),
    ("dmarc", "several"): (
        gettext_lazy("It says so in several places. Then none of them counts."),
        gettext_lazy("Ask the person who runs your domain to leave only one."),
    ),
    ("dmarc", "strict"): (
        gettext_lazy(
            "It wants false e-mails refused, and yours look false as long as the first 2 things are missing."
        ),
        gettext_lazy("Put the first 2 things right. Until then many e-mails will not arrive."),
    ),
    ("reverse", ""): (gettext_lazy("Right. Its name leads back to it."), ""),
    ("reverse", "none"): (
        gettext_lazy("It has none. Many receivers refuse its e-mail."),
        gettext_lazy("Give the line below to the company where your machine stands."),
    ),
    ("reverse", "mismatch"): (
        gettext_lazy("It has one that does not lead back to it. Many receivers refuse its e-mail."),
        gettext_lazy("Give the line below to the company where your machine stands."),
    ),
    ("reverse", "no_address"): (
        gettext_lazy("This machine is not open to the internet, so we cannot look."),
        gettext_lazy("Look again when people can reach this place from outside."),
    ),
    ("mx", ""): (gettext_lazy("Right. Who answers an e-mail reaches us."), ""),
    ("mx", "none"): (gettext_lazy("They cannot arrive yet. Members can answer on the pages."), _HAND_ON),
    ("mx", "elsewhere"): (
        gettext_lazy("They go to another machine. We cannot see whether it hands them on to us."),
        gettext_lazy("Answer the test e-mail. Then you know."),
    ),
    ("mx", "not_set"): (
        gettext_lazy(
            "They cannot arrive yet, because this place has no address for them. Members can answer on the pages."
        ),
        gettext_lazy("Ask the person who runs the server. What to do stands in “How to run Hearth”."),
    ),
}


def steps(test: MailTest, host: str) -> list[Told]:
    """Say how each step of the test went, as far as it came."""
    names = {"host": host or _("the mail server"), "sender": test.sender, "address": test.address}
    return [_step(step, test, names) for step in test.steps]


def _step(step: Mapping[str, str], test: MailTest, names: Mapping[str, str]) -> Told:
    title = str(_RIGHT[step["step"]])
    if step["found"] == Found.RIGHT:
        return Told(step["found"], title, "", "", "", [])
    words, advice = _STEPS[step["why"]]
    return Told(
        step["found"],
        str(words) % names,
        "",
        str(advice),
        step["said"],
        [],
        _("For the person who runs your mail"),
    )


def question_again(test: MailTest, asked: Sequence[str]) -> str:
    """Return the route of the question whose answer stopped the test, of those that are asked; empty where it is none."""
    route = _QUESTIONS.get(test.steps[-1]["why"], "") if test.steps else ""
    return route if route in asked else ""


def checks(test: MailTest) -> list[Told]:
    """Say what was seen of the domain."""
    return [_told(check) for check in test.checks]


def _told(check: Mapping[str, Any]) -> Told:
    words, advice = _words_of(check)
    title = str(_TITLES[check["check"]])
    seen, summary = "\n".join(check["seen"]), _("What stands there now, for the person who runs your domain")
    return Told(check["found"], title, str(words), str(advice), seen, check["lines"], summary)


def _words_of(check: Mapping[str, Any]) -> Words:
    if check["found"] == Found.OTHERS:
        return _OTHERS
    if check["why"] == "silent":
        return _SILENT
    if check["check"] == "dmarc" and check["found"] == Found.RIGHT:
        return (gettext_lazy("Right. It says so."), "")
    return _CHECKS[(check["check"], check["why"])]


def limits(key: str) -> str:
    """Say how many e-mails the provider sends; empty where that is not well known."""
    known = provider(key)
    if known.per_hour and known.per_day:
        return _("%(name)s sends up to %(hour)s e-mails an hour and %(day)s a day.") % {
            "name": known.name,
            "hour": known.per_hour,
            "day": known.per_day,
        }
    if known.per_day:
        return _("%(name)s sends up to %(day)s e-mails a day.") % {"name": known.name, "day": known.per_day}
    if known.per_hour:
        return _("%(name)s sends up to %(hour)s e-mails an hour.") % {
            "name": known.name,
            "hour": known.per_hour,
        }
    return ""


def titles() -> dict[str, str]:
    """Return what each check is about, by its name."""
    return {check: str(title) for check, title in _TITLES.items()}
