"""Who may see and change what of the purpose. The rules of the workshop stand in files of their own."""

from hearth.purpose.policy.interviews import can_lead, can_lend, can_write, visible_interviews
from hearth.purpose.policy.statements import can_adopt, can_check, can_rewrite, can_translate

__all__ = [
    "can_adopt",
    "can_check",
    "can_lead",
    "can_lend",
    "can_rewrite",
    "can_translate",
    "can_write",
    "visible_interviews",
]
