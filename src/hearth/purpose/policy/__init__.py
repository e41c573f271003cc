"""Who may see and change what of the purpose. The rules of the workshop stand in files of their own."""

from hearth.purpose.policy.statements import can_adopt

__all__ = ["can_adopt"]
