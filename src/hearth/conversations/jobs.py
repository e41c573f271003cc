"""Entrance from happenings: what follows when somebody wrote."""

from hearth.conversations import actions
from hearth.core.clock import now
from hearth.happenings.models import Happening


def tell_followers(happening: Happening) -> None:
    """A post was written: its followers hear of it."""
    if happening.subject_id is not None:
        actions.tell_of_post(post_id=happening.subject_id, now=now())
