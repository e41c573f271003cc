"""Pages: come in by mail, with a link or a code, and go out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearth.accounts import actions, codes, policy, queries, sessions, visitors
from hearth.accounts.enums import Answer, ChallengeKind
from hearth.accounts.forms import CodeForm, EmailForm, WhoForm
from hearth.accounts.models import SignInChallenge
from hearth.core.clock import now
from hearth.core.errors import NotFound

WHO = "sign_in_who"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address; POST asks for a mail and leads to the page for the code, whoever has the address."""
    next_path = visitors.next_path(request)
    if sessions.signed_in(request) is not None:
        return redirect(next_path or visitors.front(request))
    form = EmailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = {"form": form, "next": next_path}
        return render(request, "accounts/sign_in.html", shown, status=422 if form.is_bound else 200)
    return _to_code_page(_ask(request, form.cleaned_data["email"], next_path))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the mail; POST signs in with it."""
    key = visitors.browser_key(request)
    asked = queries.newest_challenge(key, now())
    if asked is None:
        return redirect("sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, asked)
    found = actions.sign_in_by_code(
        browser_key=key, typed=form.cleaned_data["code"], ip_block=visitors.ip_block(request), now=now()
    )
    return _let_in(request, found, how="code") or _refusal(request, form, asked, found.answer)


@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Send a new mail for what was asked before; nothing has to be typed again."""
    key, token = visitors.key_for(request), request.POST.get("token", "")
    asked = queries.challenge_with_token(token) if token else queries.newest_challenge(key, now())
    if asked is None:
        return redirect("sign_in")
    actions.ask_again(
        challenge=asked,
        browser_key=key,
        ip_block=visitors.ip_block(request),
        language=get_language() or "",
        now=now(),
    )
    return _to_code_page(key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button for a link that fits, else ask for the code. GET changes nothing: scanners open every link."""
    challenge = queries.challenge_with_token(token)
    if challenge is None:
        raise NotFound("")
    key = visitors.browser_key(request)
    if request.method != "POST":
        answer = queries.link_answer(challenge=challenge, browser_key=key, now=now())
        return _link_page(request, CodeForm(), challenge, answer)
    if "code" in request.POST:
        return _code_elsewhere(request, challenge, key)
    found = actions.sign_in_by_link(token=token, browser_key=key, now=now())
    return _let_in(request, found, how="link") or _link_page(request, CodeForm(), challenge, found.answer)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_who(request: HttpRequest) -> HttpResponse:
    """Ask which of the people at this address it is (security.md, table 2, row 8); only after code or link."""
    proven = queries.proven_challenge(request.session.get(WHO), now())
    if proven is None:
        return redirect("sign_in")
    form = WhoForm(request.POST if request.method == "POST" else None, people=queries.accounts_behind(proven))
    if not form.is_valid():
        return render(request, "accounts/who.html", {"form": form}, status=422 if form.is_bound else 200)
    account = actions.choose_account(challenge_id=proven.pk, account=form.cleaned_data["account"], now=now())
    del request.session[WHO]
    return sessions.enter(request, account, how="code", next_path=proven.next_path)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign this browser out."""
    account = sessions.signed_in(request)
    if account is not None:
        actions.note_signed_out(by=account, community=getattr(request, "community", None), now=now())
        sessions.end(request)
    return redirect("signed_out")


@never_cache
@require_http_methods(["GET", "HEAD"])
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that it worked, and how to come back."""
    return render(request, "accounts/signed_out.html")


def _ask(request: HttpRequest, email: str, next_path: str) -> str:
    key = visitors.key_for(request)
    actions.ask_to_sign_in(
        email=email,
        browser_key=key,
        ip_block=visitors.ip_block(request),
        language=get_language() or "",
        community=getattr(request, "community", None),
        next_path=next_path,
        now=now(),
    )
    return key


def _to_code_page(key: str) -> HttpResponse:
    response = redirect("sign_in_code")
    visitors.keep_browser_key(response, key)
    return response


def _let_in(request: HttpRequest, found: actions.Found, *, how: str) -> HttpResponse | None:
    if found.challenge is None:
        return None
    people = queries.accounts_behind(found.challenge)
    known = sessions.signed_in(request)
    if found.challenge.kind == ChallengeKind.CONFIRM and known in people and known is not None:
        sessions.confirm(request, known, how=how)
        return redirect(found.challenge.next_path or "account")
    if len(people) > 1:
        request.session[WHO] = found.challenge.pk
        return redirect("sign_in_who")
    return sessions.enter(request, people[0], how=how, next_path=found.challenge.next_path)


def _code_page(request: HttpRequest, form: CodeForm, asked: SignInChallenge) -> HttpResponse:
    shown = {"form": form, "address": asked.address, "token": ""}
    return render(request, "accounts/code.html", shown, status=422 if form.errors else 200)


def _refusal(request: HttpRequest, form: CodeForm, asked: SignInChallenge, answer: Answer) -> HttpResponse:
    if answer is Answer.WRONG:
        form.add_error("code", _wrong())
        return _code_page(request, form, asked)
    return _over(request, answer, next_path=asked.next_path)


def _link_page(
    request: HttpRequest, form: CodeForm, challenge: SignInChallenge, answer: Answer
) -> HttpResponse:
    token = codes.link_token(challenge.public_id)
    if answer is Answer.RIGHT:
        return render(request, "accounts/link.html", {"token": token})
    if answer is Answer.OTHER_BROWSER:
        if policy.code_answer(challenge, now()) is not Answer.RIGHT:
            return _over(request, Answer.EXPIRED, token=token)
        shown = {"form": form, "address": "", "token": token}
        return render(request, "accounts/code.html", shown, status=422 if form.errors else 200)
    return _over(request, answer, token=token, next_path=challenge.next_path)


def _code_elsewhere(request: HttpRequest, challenge: SignInChallenge, key: str) -> HttpResponse:
    token, form = codes.link_token(challenge.public_id), CodeForm(request.POST)
    if not form.is_valid():
        return _link_page(request, form, challenge, Answer.OTHER_BROWSER)
    found = actions.sign_in_by_code(
        browser_key=key,
        typed=form.cleaned_data["code"],
        ip_block=visitors.ip_block(request),
        token=token,
        now=now(),
    )
    if found.answer is Answer.WRONG:
        form.add_error("code", _wrong())
        return _link_page(request, form, challenge, Answer.OTHER_BROWSER)
    return _let_in(request, found, how="code") or _over(request, found.answer, token=token)


def _over(request: HttpRequest, answer: Answer, *, token: str = "", next_path: str = "") -> HttpResponse:
    if answer is Answer.USED and sessions.signed_in(request) is not None:
        return redirect(next_path or visitors.front(request))
    status = 200 if request.method in {"GET", "HEAD"} else 422
    return render(request, "accounts/over.html", {"answer": answer.value, "token": token}, status=status)


def _wrong() -> str:
    return _("This code does not fit. Look at the newest e-mail and enter its 6 characters.")
