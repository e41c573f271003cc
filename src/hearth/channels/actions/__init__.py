"""Write mails, hand them over, keep what comes in; set up by which way they go."""

from hearth.channels.actions.handing_on import send_lines
from hearth.channels.actions.posting import (
    BATCH,
    LEASE,
    PACE,
    PAUSES,
    MailWords,
    deliver_due,
    keep_mail,
    lay_down,
    plan,
    release_waiting,
    send_one,
    take_up,
    write_mail,
)
from hearth.channels.actions.setting_up import (
    choose_provider,
    forget_mail_account,
    keep_password,
    name_sender,
    name_server,
    name_user,
)
from hearth.channels.actions.testing import ask_for_test, carry_out_test, forget_tests, note_reply

__all__ = [
    "BATCH",
    "LEASE",
    "PACE",
    "PAUSES",
    "MailWords",
    "ask_for_test",
    "carry_out_test",
    "choose_provider",
    "deliver_due",
    "forget_mail_account",
    "forget_tests",
    "keep_mail",
    "keep_password",
    "lay_down",
    "name_sender",
    "name_server",
    "name_user",
    "note_reply",
    "plan",
    "release_waiting",
    "send_lines",
    "send_one",
    "take_up",
    "write_mail",
]
