"""The only code that writes what belongs to the purpose. Those of the workshop stand in files of their own."""

from hearth.purpose.actions.adopting import adopt

__all__ = ["adopt"]
