"""Entrance from the library that keeps second steps and devices (django-allauth): its questions, our answers."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.accounts import actions, browsers, pictures, sessions, visitors
from hearth.accounts.models import Account
from hearth.communities.queries import network
from hearth.core import sealing
from hearth.core.clock import now

# The library's name of an event: what changed, which kind of second step, what the person reads.
_EVENTS = {
    "mfa/email/totp_activated": (
        "added",
        "app",
        gettext_lazy("From now on we ask for a code from your app."),
    ),
    "mfa/email/totp_deactivated": (
        "removed",
        "app",
        gettext_lazy("We no longer ask for codes from your app."),
    ),
    "mfa/email/webauthn_added": ("added", "passkey", gettext_lazy("Your passkey works now.")),
    "mfa/email/webauthn_removed": ("removed", "passkey", gettext_lazy("That passkey no longer works.")),
    "mfa/email/recovery_codes_generated": (
        "added",
        "recovery_codes",
        gettext_lazy("These are your new codes. The old ones no longer work."),
    ),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Sign-in is ours (`accounts.views.sign_in`); the library only keeps the stage that asks for a second step."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "That was tried too often. Wait 5 minutes, then try it once more."
        ),
        "rate_limited": gettext_lazy("That was tried too often. Wait 5 minutes, then try it once more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves here; a community takes people in."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the mail only one thing may be asked: the second step. The sample door asks nothing at all."""
        if self.request.session.get(sessions.HOW) == sessions.SAMPLE:
            return []
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session, start its clock and record who came in."""
        super().login(request, user)
        sessions.begin(request, user, now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person goes who wanted nothing in particular."""
        return visitors.front(request)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """A closed account gets the same page as a stranger."""
        return redirect("sign_in")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Keep and count blocks of addresses, never a single person's (ASVS 5.0.0, 14.2.6)."""
        return visitors.ip_block(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by the library: `doors.fresh_only` stands before each of these pages and knows mails as well."""
        return False

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, str]]:
        """The ways to show once more who one is, in our words."""
        words = {
            "mfa_reauthenticate": _("Use a code from my app or my sheet"),
            "mfa_reauthenticate:webauthn": _("Use my passkey"),
        }
        found: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [{**one, "description": words[one["id"]]} for one in found if one["id"] in words]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Pass on only words that are no template of the library; ours are said in `send_notification_mail`."""
        if kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library sends nothing: what happened is recorded, and notices write the mails."""

    def send_notification_mail(self, template_prefix: str, user: Account, *args: Any, **kwargs: Any) -> None:
        """Record a change of the second step, tell the person, and let a step that was just set up count as taken."""
        change, what, words = _EVENTS[template_prefix]
        request = context.request
        actions.note_second_step(
            by=user, community=getattr(request, "community", None), change=change, what=what, now=now()
        )
        messages.success(request, str(words))
        if change == "added" and what != "recovery_codes":
            record_authentication(request, user, method="mfa", type=what, reauthenticated=True)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """What an app or a passkey is told about this place, and how its secret is kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code does not fit. Enter the code that the app shows now."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a passkey or an app first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealing.sealed(text, purpose="accounts")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return sealing.opened(encrypted_text, purpose="accounts")

    def get_totp_issuer(self) -> str:
        """The network's name, under which the app lists its codes."""
        return network().name

    def get_totp_label(self, user: Account) -> str:
        """The person's name: two people may share an address and a phone."""
        return user.name

    def build_totp_svg(self, url: str) -> str:
        """The QR code, fit to stand in the page itself."""
        return pictures.qr_svg(url)

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 - the library's name
        """A first name for a passkey: the device on which it is made."""
        return browsers.in_words(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a passkey shows: the person's name, and no address."""
        told: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**told, "name": user.name, "display_name": user.name}

    def _get_site_name(self) -> str:
        return network().name
