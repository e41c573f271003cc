"""Pages: the second step (an app, passkeys, a sheet of codes), and showing once more who one is.

The library's views do the cryptography; what stands here are their doors, our forms, and the pages that it has not.
"""

import json
from http import HTTPStatus
from typing import Any

from allauth.mfa.base import views as library
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn import views as passkeys
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearth.accounts import actions, forms, queries, visitors
from hearth.accounts.doors import fresh_only, signed_in_only
from hearth.accounts.requests import AccountRequest
from hearth.core.clock import now
from hearth.core.errors import NotFound


@require_safe
@signed_in_only
def second_step(request: AccountRequest) -> HttpResponse:
    """Show what this account has beside its mail."""
    shown = {"step": queries.second_step(request.account), "next": visitors.next_path(request)}
    return render(request, "accounts/second_step.html", shown)


@require_safe
@signed_in_only
def second_step_needed(request: AccountRequest) -> HttpResponse:
    """Tell staff why one more step is asked of them, and lead them to it."""
    return render(request, "accounts/second_step_needed.html", {"next": visitors.next_path(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def confirm(request: AccountRequest) -> HttpResponse:
    """Offer a fresh code by mail to somebody who is signed in; POST sends it and leads to the page for the code."""
    next_path = visitors.next_path(request)
    if request.method != "POST":
        return render(request, "accounts/confirm.html", {"next": next_path, "account": request.account})
    key = visitors.key_for(request)
    actions.ask_to_confirm(
        by=request.account,
        browser_key=key,
        ip_block=visitors.ip_block(request),
        language=get_language() or "",
        community=request.community,
        next_path=next_path,
        now=now(),
    )
    response = redirect("sign_in_code")
    visitors.keep_browser_key(response, key)
    return response


@require_safe
@fresh_only
def recovery_codes(request: AccountRequest) -> HttpResponse:
    """Show the codes that are left, as a sheet to print."""
    return render(request, "accounts/recovery_codes.html", _sheet(request))


@require_safe
@fresh_only
def recovery_codes_file(request: AccountRequest) -> HttpResponse:
    """Give the codes that are left as a text file."""
    response = render(
        request, "accounts/recovery_codes.txt", _sheet(request), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="hearth-codes.txt"'
    return response


def _sheet(request: AccountRequest) -> dict[str, Any]:
    codes = queries.second_step(request.account).codes_left
    if not codes:
        raise NotFound("")
    return {
        "codes": [f"{code[:4]} {code[4:]}" for code in codes],
        "account": request.account,
        "today": now(),
        "next": visitors.next_path(request),
    }


class _Ours:
    """The library's view with our manners: a form with errors is 422, and a device's question is fit for an attribute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the library's view
        for asked in shown.pop("js_data", {}).values():
            shown["passkey_options"] = json.dumps(asked, cls=DjangoJSONEncoder)
        if "totp_svg" in shown:
            secret = shown["form"].secret
            shown["key"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return shown

    def get_success_url(self) -> str:
        """Take along where the person wanted to go when the second step was asked for."""
        target: str = super().get_success_url()  # type: ignore[misc]  # of the library's view
        wanted = visitors.next_path(self.request)  # type: ignore[attr-defined]  # of the library's view
        return f"{target}?{urlencode({'next': wanted})}" if wanted else target

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the library's view
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class _SecondStep(_Ours, library.AuthenticateView):  # type: ignore[misc]  # the library is not typed
    form_class = forms.SecondStepForm
    template_name = "accounts/second_step_ask.html"


class _OnceMoreByCode(_Ours, library.ReauthenticateView):  # type: ignore[misc]
    form_class = forms.OnceMoreForm
    template_name = "accounts/once_more_code.html"


class _OnceMoreByPasskey(_Ours, passkeys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/once_more_passkey.html"


class _AppAdd(_Ours, ActivateTOTPView):  # type: ignore[misc]
    form_class = forms.NewAppForm
    template_name = "accounts/app_add.html"


class _AppRemove(_Ours, DeactivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/app_remove.html"


class _CodesRenew(_Ours, GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/codes_renew.html"


class _PasskeyAdd(_Ours, passkeys.AddWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/passkey_add.html"


class _PasskeyName(_Ours, passkeys.EditWebAuthnView):  # type: ignore[misc]
    form_class = forms.PasskeyNameForm
    template_name = "accounts/passkey_name.html"
    success_url = reverse_lazy("mfa_index")


class _PasskeyRemove(_Ours, passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/passkey_remove.html"
    success_url = reverse_lazy("mfa_index")


authenticate = _SecondStep.as_view()
once_more_by_code = never_cache(_OnceMoreByCode.as_view())
once_more_by_passkey = never_cache(_OnceMoreByPasskey.as_view())
app_add = fresh_only(_AppAdd.as_view())
app_remove = fresh_only(_AppRemove.as_view())
codes_renew = fresh_only(_CodesRenew.as_view())
passkey_sign_in = never_cache(passkeys.LoginWebAuthnView.as_view())
passkey_add = fresh_only(_PasskeyAdd.as_view())
passkey_name = fresh_only(_PasskeyName.as_view())
passkey_remove = fresh_only(_PasskeyRemove.as_view())
