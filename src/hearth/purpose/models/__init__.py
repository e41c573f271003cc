"""Tables of purpose, by what they are about."""

from hearth.purpose.models.goals import Goal, GoalWording
from hearth.purpose.models.interviews import Interview, Rung
from hearth.purpose.models.statements import Statement, StatementText, TookPart

__all__ = ["Goal", "GoalWording", "Interview", "Rung", "Statement", "StatementText", "TookPart"]
