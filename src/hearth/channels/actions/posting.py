"""Write mails, plan deliveries in sets, hand them over one by one, none lost and none doubled; keep what comes in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic

from django.db import IntegrityError, transaction
from django.db.models import CharField, DateTimeField, F, IntegerField, Q, QuerySet, Value

from hearth.channels.compose import envelope_for, message_id_for, sender_address
from hearth.channels.enums import Received, State
from hearth.channels.models import Delivery, InboundMail, Mail
from hearth.channels.transports import Outcome, Transport
from hearth.communities.models import Community
from hearth.core.ids import new_id
from hearth.core.sql import insert_from
from hearth.core.tenancy import across_communities
from hearth.happenings import actions as happenings
from hearth.members.models import Member

LEASE = timedelta(minutes=5)
# Retried for 5 days and a little (reliability.md, fault 3), then given up with the last reason.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, *([720] * 10))]
BATCH = 100
# What had to wait goes out five a second, so that who signs in meanwhile need not stand behind it.
PACE = timedelta(seconds=0.2)


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says in one language, and its place in a thread. token_subject: the key that answers and stops name.

    good_until: when it is of no use any more, and is given up rather than handed over.
    """

    from_name: str
    subject: str
    text: str
    html: str
    message_id: str = ""
    references: str = ""
    list_id: str = ""
    token_subject: int | None = None
    good_until: datetime | None = None


def write_mail(
    *, origin: str, community: Community | None, language: str, words: MailWords, now: datetime
) -> Mail:
    """Keep the words of a mail once; the same origin again returns the first one."""
    public_id = new_id()
    mail, _made = Mail.objects.get_or_create(
        origin=origin,
        defaults={
            "public_id": public_id,
            "community": community,
            "language": language,
            "from_name": " ".join(words.from_name.split())[:160],
            "from_address": sender_address(),
            "subject": " ".join(words.subject.split())[:250],
            "text": words.text,
            "html": words.html,
            "message_id": words.message_id or message_id_for(public_id),
            "references": words.references,
            "list_id": words.list_id,
            "token_subject": words.token_subject,
            "good_until": words.good_until,
            "made_at": now,
        },
    )
    return mail


def plan(*, mail: Mail, audience: QuerySet[Member], now: datetime) -> int:
    """Plan one delivery for each member of the audience who has an address and an account that is open.

    One statement; return how many were new.
    """
    rows = (
        audience.exclude(account__email="")
        .filter(account__is_active=True)
        .order_by()
        .values_list(
            Value(mail.community_id, output_field=IntegerField()),
            Value(mail.pk, output_field=IntegerField()),
            "pk",
            F("account__email"),
            Value(State.PLANNED.value, output_field=CharField()),
            Value("", output_field=CharField()),
            Value(0, output_field=IntegerField()),
            Value(now, output_field=DateTimeField()),
            Value(now, output_field=DateTimeField()),
        )
    )
    columns = [
        "community",
        "mail",
        "member",
        "address",
        "state",
        "reason",
        "attempts",
        "due_at",
        "changed_at",
    ]
    return insert_from(Delivery, columns, rows)


def send_one(*, mail: Mail, address: str, now: datetime) -> Delivery:
    """Plan the delivery of a mail to one address that belongs to no member here (sign-in)."""
    delivery, _made = Delivery.objects.get_or_create(
        mail=mail,
        member=None,
        address=address,
        defaults={"community_id": mail.community_id, "due_at": now, "changed_at": now},
    )
    return delivery


def deliver_due(*, transport: Transport, now: datetime, most: int = BATCH, among: Q | None = None) -> int:
    """Hand over what is due, at most `most` and only `among` these deliveries; return how many were tried.

    Each delivery is claimed with a lease, handed over, and its outcome committed before the next one is touched: a worker
    that is killed leaves at most one mail in doubt, which goes out again under the same Message-ID.
    """
    with across_communities():  # the post office serves every community
        claimed = _claim(now, most, among or Q())
        if not claimed:
            return 0
        away = transport.open()
        try:
            began = monotonic()
            for delivery in claimed:
                if _still_ours(delivery, now + timedelta(seconds=int(monotonic() - began))):
                    outcome = _too_late(delivery, now) or away or _hand_over(delivery, transport)
                    _write_down(delivery, outcome, now)
        finally:
            transport.close()
    return len(claimed)


def _still_ours(delivery: Delivery, now: datetime) -> bool:
    # A slow server can make a round outlast its lease; what another worker has taken up meanwhile is that worker's.
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, attempts=delivery.attempts)
    return ours.update(due_at=now + LEASE) == 1


def _too_late(delivery: Delivery, now: datetime) -> Outcome | None:
    until = delivery.mail.good_until
    if until is None or now <= until:
        return None
    return Outcome(State.GIVEN_UP, "It waited longer than what it says holds good.")


def _hand_over(delivery: Delivery, transport: Transport) -> Outcome:
    try:
        envelope = envelope_for(delivery, sender=transport.sender)
    except Exception as error:  # noqa: BLE001 - one mail that cannot be made must not hold up the others
        return Outcome(State.GIVEN_UP, f"{type(error).__name__}: {error}"[:400])
    return transport.hand_over(envelope)


def _claim(now: datetime, most: int, among: Q) -> list[Delivery]:
    open_states = [State.PLANNED, State.CLAIMED, State.DEFERRED, State.UNKNOWN]
    due = Delivery.objects.filter(state__in=open_states, due_at__lte=now)
    with transaction.atomic():
        picked = (
            due.filter(among)
            .order_by("due_at", "pk")
            .select_for_update(skip_locked=_can_skip(), of=("self",))[:most]
        )
        ids = [delivery.pk for delivery in picked]
        due.filter(pk__in=ids).update(
            state=State.CLAIMED, due_at=now + LEASE, attempts=F("attempts") + 1, changed_at=now
        )
    rows = {row.pk: row for row in Delivery.objects.filter(pk__in=ids).select_related("mail")}
    return [rows[pk] for pk in ids]  # as they fell due


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _write_down(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    state, due_at = outcome.state, now
    if state in {State.DEFERRED, State.UNKNOWN}:
        if delivery.attempts > len(PAUSES):
            state = State.GIVEN_UP
        else:
            due_at = now + PAUSES[delivery.attempts - 1]
    ours = Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, attempts=delivery.attempts)
    ours.update(state=state, reason=outcome.reason, due_at=due_at, changed_at=now)


def release_waiting(*, now: datetime) -> int:
    """Let what had to wait go out one after the other, the newest first; return how many. For the moment mail is set up.

    What is newest matters most to whoever gets it: after a week without mail an invitation of today comes before old news.
    """
    with across_communities():  # the post office serves every community
        waiting = Delivery.objects.filter(state__in=[State.PLANNED, State.DEFERRED]).order_by(
            "-mail_id", "-pk"
        )
        rows = list(waiting.only("pk", "due_at"))
        for place, delivery in enumerate(rows):
            delivery.due_at = now + place * PACE
        Delivery.objects.bulk_update(rows, ["due_at"], batch_size=500)
    return len(rows)


def keep_mail(*, raw: bytes, sender: str, recipients: list[str], now: datetime) -> InboundMail:
    """Keep a mail as it came; once this returns it is not lost. The same mail to the same people again is the same row."""
    digest = sha256(raw + "\n".join(sorted(recipients)).encode()).hexdigest()
    with across_communities():  # whose it is, is not known yet
        try:
            with transaction.atomic():
                mail = InboundMail.objects.create(
                    digest=digest, raw=raw, sender=sender[:254], recipients=recipients, received_at=now
                )
                happenings.record(
                    "mail_came",
                    community=None,
                    by=None,
                    via="email",
                    subject_kind="inbound_mail",
                    subject_id=mail.pk,
                    now=now,
                )
        except IntegrityError:
            return InboundMail.objects.get(digest=digest)
    return mail


def take_up(*, mail_id: int) -> InboundMail:
    """Return a mail that was kept, held for this transaction so that nobody else reads it at the same moment."""
    return InboundMail.objects.select_for_update().get(pk=mail_id)


def lay_down(*, mail: InboundMail, state: Received, reason: str, community: Community | None) -> None:
    """Write down what became of a mail."""
    InboundMail.objects.filter(pk=mail.pk).update(state=state, reason=reason[:400], community=community)
