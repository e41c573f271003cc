"""Write mails, hand them over, keep what comes in; set up by which way they go."""

from hearth.channels.actions.posting import (
    BATCH,
    LEASE,
    PAUSES,
    MailWords,
    deliver_due,
    keep_mail,
    lay_down,
    plan,
    send_one,
    take_up,
    write_mail,
)

__all__ = [
    "BATCH",
    "LEASE",
    "PAUSES",
    "MailWords",
    "deliver_due",
    "keep_mail",
    "lay_down",
    "plan",
    "send_one",
    "take_up",
    "write_mail",
]
