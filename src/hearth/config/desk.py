"""The stewards' page: what needs them, each thing with its one next step, and the way to everything they look after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.accounts import policy as accounts
from hearth.communities.models import Community
from hearth.core.clock import now
from hearth.members.doors import stewards_only
from hearth.members.requests import MemberRequest, PageRequest
from hearth.purpose import queries as purpose
from hearth.setup import queries as setup
from hearth.setup.views.place import ROUTES


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a steward: what it is, why, and where the next step is taken."""

    title: str
    why: str
    label: str
    href: str


@require_safe
@stewards_only
def desk(request: MemberRequest) -> HttpResponse:
    """Show what needs a steward, and the places that stewards look after."""
    shown = {"needs": list(_needs(request, now())), "rooms": _rooms()}
    return render(request, "config/desk.html", shown)


def first_need(request: PageRequest) -> Need | None:
    """Return what a steward could do next, for Today; None where nothing waits."""
    return next(_needs(request, now()), None)


def _needs(request: PageRequest, moment: datetime) -> Iterator[Need]:
    yield from _setting_up(request.community)
    if purpose.due(request.community, moment):
        yield Need(
            _("A year has passed with your purpose"),
            _("Read it together once more. Does it still speak to you?"),
            _("Look at it"),
            reverse("purpose"),
        )
    account = request.account
    if account is not None and not account.is_sample and not accounts.has_second_step(account):
        yield Need(
            _("Your sign-in is not safe enough yet"),
            _("You can read what members entrust to you. A second step keeps others out."),
            _("Add a second step"),
            reverse("mfa_index"),
        )


def _setting_up(community: Community) -> Iterator[Need]:
    if community.is_sample:
        return
    task = setup.next_task(community)
    if task is not None:
        why = _("Your place is there. This is the next step, when you like.")
        yield Need(str(task.step.label), why, _("Go on"), reverse(ROUTES[task.step]))


def _rooms() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            _("Purpose"),
            [
                (_("Your purpose"), reverse("purpose")),
                (_("Workshop: find it with many"), reverse("workshops")),
                (_("Compass: what was done for each goal"), reverse("compass")),
            ],
        ),
        (
            _("People"),
            [
                (_("Invite somebody"), reverse("invite")),
                (_("Who was invited"), reverse("invitations")),
            ],
        ),
        (
            _("The place"),
            [
                (_("All steps of setting up"), reverse("begin_tasks")),
                (_("Open a space"), reverse("begin_space")),
                (_("Name, logo and colour"), reverse("face")),
                (_("Where you are and who helps"), reverse("begin_place")),
                (_("E-mail"), reverse("begin_email")),
            ],
        ),
    ]
