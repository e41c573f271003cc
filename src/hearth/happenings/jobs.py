"""Entrance from the background queue: an id in, one call."""

from django.tasks import task

from hearth.core.clock import now
from hearth.happenings import actions


@task()
def react(reaction_id: int) -> None:
    """Run one reaction; safe to run twice."""
    actions.run_reaction(reaction_id=reaction_id, now=now())
