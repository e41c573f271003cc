"""The questions before the place is there, on the network's own pages: name, person, languages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearth.accounts import sessions
from hearth.accounts.models import Account
from hearth.communities import links
from hearth.core.clock import now
from hearth.core.errors import Invalid, NotFound
from hearth.core.http import posted
from hearth.members.requests import NetworkRequest
from hearth.setup import actions, forms, languages, policy, queries
from hearth.setup.enums import QUESTIONS, Step
from hearth.setup.models import Beginning

HELD = "beginning"
"""The session's word for the beginning that this browser goes on with."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: NetworkRequest) -> HttpResponse:
    """Say what will be asked; POST begins, or goes on where this browser left off."""
    key = request.POST.get("key") or request.GET.get("key") or ""
    if request.method == "POST":
        beginning = actions.begin(by=_known(request), key=key, now=now())
        request.session[HELD] = beginning.public_id
        return redirect("begin_name")
    verdict = policy.can_begin(_known(request), key=key)
    shown = {"verdict": verdict, "key": key, "going_on": _going_on(request), "questions": QUESTIONS} | {
        "sample_door": settings.SAMPLE_DOOR
    }
    return render(request, "setup/begin.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: NetworkRequest) -> HttpResponse:
    """Question 1: the organisation's name."""
    beginning = _held(request)
    form = forms.NameForm(posted(request), initial={"name": beginning.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_name(beginning=beginning, name=form.cleaned_data["name"])
            return redirect("begin_you")
        except Invalid as refusal:
            form.add_error("name", refusal.reason)
    return _question(request, Step.NAME, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def you(request: NetworkRequest) -> HttpResponse:
    """Question 2: who begins. Whoever is signed in already is asked for the name only."""
    beginning, known = _held(request), _known(request)
    first = {"name": beginning.steward or (known.name if known else ""), "email": beginning.email}
    form = (forms.NameOnlyForm if known else forms.YouForm)(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            email = known.email if known else said["email"]
            actions.say_who(beginning=beginning, name=said["name"], email=email)
            return redirect("begin_languages")
        except Invalid as refusal:
            form.add_error("name", refusal.reason)
    return _question(request, Step.YOU, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def its_languages(request: NetworkRequest) -> HttpResponse:
    """Question 3: the languages. With it the place is there, and whoever began it is signed in."""
    beginning, accepted = _held(request), request.headers.get("Accept-Language", "")
    guessed = beginning.languages or languages.guessed_languages(accepted)
    form = forms.LanguagesForm(posted(request), initial={"languages": guessed})
    if request.method == "POST" and form.is_valid():
        chosen = languages.with_first(form.cleaned_data["languages"], guessed)
        try:
            country = languages.guessed_country(accepted, (chosen or [""])[0])
            actions.say_languages(beginning=beginning, chosen=chosen, country=country)
            return _move_in(request, beginning)
        except Invalid as refusal:
            form.add_error("languages", refusal.reason)
    return _question(request, Step.LANGUAGES, form, guessed=guessed)


def _move_in(request: NetworkRequest, beginning: Beginning) -> HttpResponse:
    known = _known(request)
    community, founder = actions.found(by=known, beginning=beginning, now=now())
    request.session.pop(HELD, None)
    if known is None:
        sessions.enter(request, founder, how="founded")
    return redirect(links.absolute(community, "begin_purpose"))


def _question(request: NetworkRequest, step: Step, form: object, **more: object) -> HttpResponse:
    place = QUESTIONS.index(step)
    back = ("begin", "begin_name", "begin_you")[place]
    shown = {"form": form, "step": step, "number": place + 1, "total": len(QUESTIONS), "back": back, **more}
    status = 422 if request.method == "POST" else 200
    return render(request, "setup/question.html", shown, status=status)


def _held(request: NetworkRequest) -> Beginning:
    """The beginning of this browser, as long as its place is not there yet."""
    beginning = queries.beginning_by_id(request.session.get(HELD))
    if beginning.community is not None:
        raise NotFound("")
    return beginning


def _going_on(request: NetworkRequest) -> Beginning | None:
    try:
        return _held(request)
    except NotFound:
        return None


def _known(request: HttpRequest) -> Account | None:
    """Whoever is signed in, as a real person: nobody begins a community as an invented one."""
    account = sessions.signed_in(request)
    return None if account is None or account.is_sample else account
