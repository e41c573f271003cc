"""The only code that writes accounts, challenges and devices."""

from hearth.accounts.actions.keeping import (
    make_account,
    rename_account,
    set_language,
    set_time_zone,
)
from hearth.accounts.actions.sessions import (
    end_device,
    end_other_devices,
    forget_device,
    note_second_step,
    note_signed_in,
    note_signed_out,
    note_use,
)
from hearth.accounts.actions.sign_in import (
    Found,
    ask_again,
    ask_to_confirm,
    ask_to_sign_in,
    choose_account,
    forget_challenges,
    operator_link,
    sign_in_by_code,
    sign_in_by_link,
)

__all__ = [
    "Found",
    "ask_again",
    "ask_to_confirm",
    "ask_to_sign_in",
    "choose_account",
    "end_device",
    "end_other_devices",
    "forget_challenges",
    "forget_device",
    "make_account",
    "operator_link",
    "note_second_step",
    "note_signed_in",
    "note_signed_out",
    "note_use",
    "rename_account",
    "set_language",
    "set_time_zone",
    "sign_in_by_code",
    "sign_in_by_link",
]
