"""Reads for pages, each in a fixed number of queries."""

from hearth.purpose.queries.goals import goals
from hearth.purpose.queries.interviews import interview_of
from hearth.purpose.queries.statements import due, statement_that_holds

__all__ = ["due", "goals", "interview_of", "statement_that_holds"]
