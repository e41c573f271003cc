"""Reads for the operator, who sees the whole deployment: the outbox, and how sending is set up."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hearth.channels.enums import Found, Place, State
from hearth.channels.models import Delivery, InboundMail, MailAccount, MailTest
from hearth.channels.providers import OTHER, provider

WAITING = [State.PLANNED, State.CLAIMED, State.DEFERRED, State.UNKNOWN]


def outbox() -> QuerySet[Delivery]:
    """Return all deliveries with their mails, newest first (call inside `across_communities`)."""
    return Delivery.objects.select_related("mail", "community").order_by("-pk")


def outbox_counts() -> dict[str, int]:
    """Return how many deliveries wait, and how many went wrong."""
    return Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        wrong=Count("pk", filter=Q(state__in=[State.BOUNCED, State.GIVEN_UP])),
    )


def inbox() -> QuerySet[InboundMail]:
    """Return the mails that came in, newest first, without their bytes."""
    return InboundMail.objects.defer("raw").select_related("community").order_by("-pk")


@dataclass(frozen=True, slots=True)
class SetUp:
    """How sending is set up: what is in use, what is being tried, the newest test."""

    used: MailAccount | None
    trial: MailAccount | None
    test: MailTest | None

    @property
    def known(self) -> MailAccount | None:
        """The account whose answers are shown and changed."""
        return self.trial or self.used

    @property
    def questions(self) -> list[str]:
        """The routes of the questions that this provider needs answered, in their order."""
        known = self.known
        if known is None:
            return ["mail_provider"]
        chosen = provider(known.provider)
        before = ["mail_provider", *([] if chosen.host else ["mail_server"])]
        if chosen.key == OTHER:
            named = "@" in known.username and known.sender == known.username.lower()
            return [*before, "mail_user", *([] if named else ["mail_sender"]), "mail_password"]
        return [*before, "mail_sender", *(["mail_user"] if chosen.user == "own" else []), "mail_password"]

    @property
    def next_question(self) -> str:
        """The route of the first question without an answer; empty where all are answered."""
        known = self.known
        if known is None:
            return "mail_provider"
        answers = {
            "mail_provider": known.provider,
            "mail_server": known.host,
            "mail_sender": known.sender,
            "mail_user": known.username,
            "mail_password": known.password,
        }
        return next((route for route in self.questions if not answers[route]), "")


def set_up() -> SetUp:
    """Return how sending is set up."""
    rows = {row.place: row for row in MailAccount.objects.all()}
    return SetUp(rows.get(Place.USED), rows.get(Place.TRIAL), newest_test())


def known_account() -> MailAccount | None:
    """Return the account that is being tried, else the one in use; None where nothing was answered yet."""
    rows = {row.place: row for row in MailAccount.objects.all()}
    return rows.get(Place.TRIAL) or rows.get(Place.USED)


def newest_test() -> MailTest | None:
    """Return the test that was asked for last."""
    return MailTest.objects.order_by("-pk").first()


def lines_of(test: MailTest | None) -> list[dict[str, Any]]:
    """Return the checks that ask for a line at the domain, each with its lines; none where nothing was looked at yet."""
    checks = test.checks if test else []
    return [check for check in checks if check["lines"] and check["found"] == Found.WRONG]


def waiting() -> int:
    """Return how many deliveries wait (call inside `across_communities`)."""
    return Delivery.objects.filter(state__in=WAITING).count()
