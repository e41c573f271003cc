"""Entrances: begin an interview, go on with it, set it aside, choose its language, lend it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearth.core.clock import now
from hearth.core.http import posted
from hearth.members import queries as members
from hearth.members.doors import members_only, stewards_only
from hearth.members.requests import MemberRequest
from hearth.purpose import actions, forms, policy, queries
from hearth.purpose.enums import Way
from hearth.purpose.growing import pieces
from hearth.purpose.languages import languages_for
from hearth.purpose.models import Interview
from hearth.purpose.queries.interviews import interview_by_id, lent_to, set_aside_by
from hearth.purpose.questions import first_open


@require_safe
@members_only
def start(request: MemberRequest) -> HttpResponse:
    """Show one's own interview, those in which one helps, and the way to begin."""
    own = queries.interview_of(request.member)
    lent = lent_to(request.member)
    if own is None and not lent:
        policy.can_lead(request.member).require()
    return _start_page(request, own, _begin_form(request))


def _start_page(
    request: MemberRequest, own: Interview | None, form: forms.BeginForm, status: int = 200
) -> HttpResponse:
    shown = {
        "own": own,
        "grown": pieces(own.parts, own.language) if own else [],
        "lent": lent_to(request.member),
        "may_lead": policy.can_lead(request.member),
        "waiting": set_aside_by(request.member),
        "form": form,
    }
    return render(request, "purpose/interview/start.html", shown, status=status)


def _begin_form(request: MemberRequest) -> forms.BeginForm:
    return forms.BeginForm(
        posted(request),
        languages=languages_for(request.community),
        chosen=request.community.language,
        has_one=queries.statement_that_holds(request.community) is not None,
    )


@require_POST
@stewards_only
def begin(request: MemberRequest) -> HttpResponse:
    """Begin an interview, or go on with the one that is there."""
    form = _begin_form(request)
    if not form.is_valid():
        return _start_page(request, queries.interview_of(request.member), form, status=422)
    held = queries.statement_that_holds(request.community)
    parts = held.parts if held and form.cleaned_data.get("start") == "held" else None
    language = held.language if held and parts else form.cleaned_data["language"]
    is_written = "written" in request.POST
    way = Way.WRITTEN if is_written else Way.INTERVIEW
    found = actions.begin(by=request.member, language=language, parts=parts, way=way, now=now())
    if is_written:
        return redirect("interview_write", interview=found.public_id)
    return redirect("interview_resume", interview=found.public_id)


@require_safe
@members_only
def resume(request: MemberRequest, interview: str) -> HttpResponse:
    """Lead to the first question without an answer, or to the whole sentence."""
    found = interview_by_id(request.member, interview)
    question = first_open(found.parts)
    if question is None:
        return redirect("interview_whole", interview=interview)
    return redirect("interview_question", interview=interview, question=question.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def language(request: MemberRequest, interview: str) -> HttpResponse:
    """Choose another language for what is written; then go back to the question."""
    found = interview_by_id(request.member, interview)
    languages = languages_for(request.community)
    form = forms.LanguageForm(posted(request), languages=languages, chosen=found.language)
    if not form.is_valid():
        shown = {"interview": found, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "purpose/interview/language.html", shown, status=status)
    chosen = form.cleaned_data["language"]
    actions.choose_language(by=request.member, interview=found, language=chosen, now=now())
    messages.success(request, _("The language is changed. Your words are as they were."))
    return redirect("interview_resume", interview=interview)


@require_POST
@members_only
def set_aside(request: MemberRequest, interview: str) -> HttpResponse:
    """Set the interview aside; it can be taken up again."""
    found = interview_by_id(request.member, interview)
    actions.set_aside(by=request.member, interview=found, now=now())
    messages.success(request, _("It is set aside. You can take it up again."))
    return redirect("interview")


@require_POST
@members_only
def take_up(request: MemberRequest, interview: str) -> HttpResponse:
    """Go on with an interview that was set aside."""
    found = queries.interviews.own_by_id(request.member, interview)
    actions.take_up(by=request.member, interview=found, now=now())
    return redirect("interview_resume", interview=interview)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def lend(request: MemberRequest, interview: str) -> HttpResponse:
    """Choose one person who may read the interview and write in it."""
    found = interview_by_id(request.member, interview)
    policy.can_lend(request.member, found).require()
    form = forms.LendForm(posted(request))
    if form.is_valid() and form.cleaned_data["person"]:
        to = members.person_by_id(request.member, form.cleaned_data["person"])
        actions.lend(by=request.member, interview=found, to=to, now=now())
        messages.success(request, _("%(name)s can write in it now.") % {"name": to.name})
        return redirect("interview_lend", interview=interview)
    people = queries.interviews.people_like(request.member, form.data.get("name", ""))
    if form.is_bound and not people:
        form.add_error("name", _("Nobody here has a name like that. Write another part of it."))
    shown = {"interview": found, "form": form, "people": people}
    return render(request, "purpose/interview/lend.html", shown, status=422 if form.errors else 200)


@require_POST
@members_only
def take_back(request: MemberRequest, interview: str) -> HttpResponse:
    """Let nobody else read the interview from now on."""
    found = interview_by_id(request.member, interview)
    actions.take_back(by=request.member, interview=found, now=now())
    messages.success(request, _("Only you can read it now."))
    return redirect("interview_lend", interview=interview)
