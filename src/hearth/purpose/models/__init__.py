"""Tables of purpose, by what they are about."""

from hearth.purpose.models.goals import Goal, GoalWording
from hearth.purpose.models.interviews import Interview, Rung
from hearth.purpose.models.statements import Statement, StatementText, TookPart
from hearth.purpose.models.workshop_words import (
    Cluster,
    Contribution,
    Feeling,
    Proposal,
    ProposalAnswer,
    SharedRung,
    WorkshopDraft,
)
from hearth.purpose.models.workshops import Seat, Workshop

__all__ = [
    "Cluster",
    "Contribution",
    "Feeling",
    "Goal",
    "GoalWording",
    "Interview",
    "Proposal",
    "ProposalAnswer",
    "Rung",
    "Seat",
    "SharedRung",
    "Statement",
    "StatementText",
    "TookPart",
    "Workshop",
    "WorkshopDraft",
]
