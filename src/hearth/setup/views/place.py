"""The steps inside a community that has begun: all of them can wait, and all can be done again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.channels.ways import goes_out
from hearth.communities import links
from hearth.core.clock import now
from hearth.core.errors import DomainError, NotFound
from hearth.core.http import posted
from hearth.core.once import once
from hearth.members.doors import stewards_only
from hearth.members.requests import MemberRequest
from hearth.purpose import queries as purpose
from hearth.setup import actions, forms, going_on, queries
from hearth.setup.enums import IN_THE_PLACE, QUESTIONS, Step
from hearth.setup.ideas import IDEAS, idea
from hearth.setup.languages import with_first
from hearth.setup.letter import proposed_letter
from hearth.spaces.actions import open_space
from hearth.spaces.enums import Access

ROUTES = {
    Step.PURPOSE: "begin_purpose",
    Step.INVITE: "begin_invite",
    Step.SPACE: "begin_space",
    Step.LETTER: "begin_letter",
    Step.EMAIL: "begin_email",
    Step.PLACE: "begin_place",
    Step.FACE: "face",
}


@require_safe
@stewards_only
def tasks(request: MemberRequest) -> HttpResponse:
    """Show what the community has and has not yet; each step can be opened at any time."""
    found = queries.tasks(request.community)
    going_on.remember(request, waits=any(not task.done and not task.put_off for task in found))
    steps = [(task, ROUTES[task.step]) for task in found]
    return render(request, "setup/tasks.html", {"steps": steps})


@require_safe
@stewards_only
def its_purpose(request: MemberRequest) -> HttpResponse:
    """Question 4: find the purpose now, together, or later."""
    going_on.remember(request, waits=True)
    return render(request, "setup/purpose.html", _numbered(Step.PURPOSE))


@require_safe
@stewards_only
def its_people(request: MemberRequest) -> HttpResponse:
    """Question 5: who comes first."""
    going_on.remember(request, waits=True)
    return render(request, "setup/invite.html", _numbered(Step.INVITE))


@require_safe
@stewards_only
def its_email(request: MemberRequest) -> HttpResponse:
    """Say what works without e-mail and what does not; lead to its set-up whoever runs the server."""
    shown = {
        "may": request.account.is_operator,
        "mail_pages": _mail_pages(),
        "works": goes_out(),
    }
    return render(request, "setup/email.html", shown)


@require_POST
@stewards_only
def later(request: MemberRequest, step: str) -> HttpResponse:
    """Let a step wait, and go on with the next one."""
    if step not in IN_THE_PLACE:
        raise NotFound("")
    actions.put_off(by=request.member, community=request.community, step=Step(step), now=now())
    return _onward(request)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def its_space(request: MemberRequest) -> HttpResponse:
    """Propose a first space; POST opens it."""
    chosen = idea(request.GET.get("idea", ""))
    form = forms.SpaceForm(posted(request), idea=chosen, goals=purpose.goals(request.community))
    if request.method == "POST" and form.is_valid():
        try:
            _open(request, form.cleaned_data)
            messages.success(request, _("The space is open."))
            return _onward(request)
        except DomainError as refusal:
            form.add_error("name", refusal.reason)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "ideas": IDEAS, "chosen": chosen.key}
    return render(request, "setup/space.html", shown, status=status)


def _open(request: MemberRequest, said: dict[str, Any]) -> str:
    goals = {goal.public_id: goal for goal in purpose.goals(request.community)}
    moment = now()

    def make() -> str:
        space = open_space(
            by=request.member,
            community=request.community,
            name=said["name"],
            purpose_line=said["purpose_line"],
            access=Access(said["access"] or Access.OPEN),
            goal=goals.get(said.get("goal", "")),
            now=moment,
        )
        return space.slug

    return once(token=said["form_token"], owner=request.member.public_id, now=moment, make=make)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def its_letter(request: MemberRequest) -> HttpResponse:
    """Propose a welcome letter; `look` shows it as members will read it, `send` puts it into the first space."""
    space = queries.first_space()
    if space is None:
        return redirect("begin_space")
    sentence = request.community.purpose_sentence
    title, text = proposed_letter(steward=request.member, community=request.community, purpose=sentence)
    form = forms.WelcomeForm(posted(request), initial={"title": title, "text": text}, purpose=sentence)
    if request.method == "POST" and "send" in request.POST and form.is_valid():
        try:
            _send(request, form.cleaned_data)
            messages.success(request, _("Your letter stands in the space now."))
            return _onward(request)
        except DomainError as refusal:
            form.add_error("text", refusal.reason)
    status = 422 if form.errors else 200
    shown = {"form": form, "space": space, "looks": "look" in request.POST and not form.errors}
    return render(request, "setup/letter.html", shown, status=status)


def _send(request: MemberRequest, said: dict[str, Any]) -> str:
    space = queries.first_space()
    if space is None:
        raise NotFound("")
    moment, by = now(), request.member

    def make() -> str:
        letter = actions.send_letter(by=by, space=space, title=said["title"], text=said["text"], now=moment)
        return letter.public_id

    return once(token=said["form_token"], owner=by.public_id, now=moment, make=make)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def its_place(request: MemberRequest) -> HttpResponse:
    """Say where the community is, its languages, and who helps."""
    first = {field: getattr(request.community, field) for field in forms.PlaceForm.base_fields}
    form = forms.PlaceForm(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        # The form knows no order; the first language of the community stays the first.
        spoken = with_first(form.cleaned_data["languages"], request.community.languages)
        said = form.cleaned_data | {"languages": tuple(spoken)}
        try:
            actions.settle(
                by=request.member, community=request.community, place=actions.Place(**said), now=now()
            )
            messages.success(request, _("It is kept. Everybody sees it in a few seconds."))
            return _onward(request)
        except DomainError as refusal:
            form.add_error(None, refusal.reason)
    return render(request, "setup/place.html", {"form": form}, status=422 if form.errors else 200)


def _onward(request: MemberRequest) -> HttpResponse:
    """To the next step that waits; to the list of all of them once none does."""
    task = queries.next_task(request.community)
    return redirect(ROUTES[task.step] if task else "begin_tasks")


def _numbered(step: Step) -> dict[str, object]:
    return {"step": step, "number": QUESTIONS.index(step) + 1, "total": len(QUESTIONS)}


def _mail_pages() -> str:
    """Where e-mail is set up, on the network's pages; from there the way leads back here."""
    return f"{links.absolute(None, 'mail')}?{urlencode({'next': reverse('begin_tasks')})}"
