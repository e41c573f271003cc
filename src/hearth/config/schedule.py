"""What the worker does by itself, and how often (seconds)."""

from collections.abc import Callable
from datetime import timedelta

from hearth.accounts import actions as accounts
from hearth.channels import actions as channels
from hearth.channels.ways import ways_out
from hearth.conversations import actions as conversations
from hearth.core import live, once, rates
from hearth.core.clock import now
from hearth.core.tenancy import across_communities
from hearth.files import actions as files
from hearth.happenings import actions as happenings
from hearth.members import actions as members
from hearth.purpose.actions import workshop_leading


def deliver() -> None:
    """Hand over the mails that are due, by the ways that are open; without one they wait."""
    for way in ways_out():
        channels.deliver_due(transport=way.transport, among=way.among, now=now())


def try_mail() -> None:
    """Carry out a test of sending that an operator asked for."""
    channels.carry_out_test(clock=now)


def sweep_reactions() -> None:
    """Run what a crash left undone."""
    happenings.sweep(now=now())


def look_for_facilitators() -> None:
    """Let workshops see that whoever leads them is away."""
    workshop_leading.notice_absent_facilitators(now=now())


def tidy() -> None:
    """Let go of what is kept for a time only."""
    moment = now()
    conversations.forget_drafts(now=moment)
    once.forget_tokens(before=moment - timedelta(days=7))
    rates.forget_windows(before=moment)
    live.forget_numbers(before=moment - timedelta(days=30))
    happenings.forget_jobs(before=moment - timedelta(days=1))
    accounts.forget_challenges(now=moment)
    with across_communities():  # a task of the whole deployment
        members.forget_invitations(now=moment)
    files.clear_orphans(now=moment)
    channels.forget_tests(before=moment - timedelta(days=30))


SCHEDULE: list[tuple[float, Callable[[], None]]] = [
    (1, deliver),
    (1, try_mail),
    (10, sweep_reactions),
    (30, look_for_facilitators),
    (3600, tidy),
]
