"""Shape of what is typed on the pages of sign-in and account."""

from typing import Any
from zoneinfo import available_timezones

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearth.accounts.addresses import folded
from hearth.accounts.models import Account
from hearth.ui.names import lang_name
from hearth.ui.widgets import CodeInput


class EmailForm(forms.Form):
    """An e-mail address, in any capitals and with spaces around it."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter the whole e-mail address, such as name@example.org."),
            "max_length": _("Enter an e-mail address of at most 254 characters."),
        },
    )

    def clean_email(self) -> str:
        """Fold the address; its domain may grow by that."""
        address = folded(self.cleaned_data["email"])
        if len(address) > 254:
            raise forms.ValidationError(self.fields["email"].error_messages["max_length"])
        return address


class CodeForm(forms.Form):
    """The six characters of the mail."""

    code = forms.CharField(
        label=_("The 6 characters from the e-mail"),
        help_text=_("Spaces, dashes and small letters do not matter."),
        widget=CodeInput,
        error_messages={"required": _("Enter the 6 characters from the e-mail.")},
    )


class WhoForm(forms.Form):
    """One of the people who share an address."""

    account = forms.ChoiceField(
        label=_("Who are you?"),
        help_text=_("More than one person uses this e-mail address."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your name."), "invalid_choice": _("Choose your name.")},
    )

    def __init__(self, *args: Any, people: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(one.public_id, one.name) for one in people]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """One name in any alphabet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your name."),
            "max_length": _("Enter a name of at most 120 characters."),
        },
    )


class LanguageForm(forms.Form):
    """One of the languages that Hearth speaks, each by its own name."""

    language = forms.ChoiceField(
        label=_("Which language do you want to read?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, lang_name(code)) for code, _english in settings.LANGUAGES]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


COMMUNITY_CLOCK = "community"


class TimeZoneForm(forms.Form):
    """A place whose clock the person lives by, or the clock of each community."""

    time_zone = forms.ChoiceField(
        label=_("Whose clock do you live by?"),
        help_text=_("Times are shown by this clock."),
        error_messages={
            "required": _("Choose one of the places on this page."),
            "invalid_choice": _("Choose one of the places on this page."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        named = [(zone, zone.replace("_", " ").replace("/", ": ", 1)) for zone in places]
        choices = [(COMMUNITY_CLOCK, _("The clock of my community")), *named]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        """Return the zone's name, empty for the community's clock."""
        chosen: str = self.cleaned_data["time_zone"]
        return "" if chosen == COMMUNITY_CLOCK else chosen


class _AppCode(forms.Form):
    """The library's forms for a code, with our words on them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("The code"),
            help_text=_("6 figures from your app, or one code of your sheet."),
            widget=CodeInput,
            error_messages={"required": _("Enter the code.")},
        )


class SecondStepForm(_AppCode, AuthenticateForm):  # type: ignore[misc]  # the library is not typed
    """A code from an app or a sheet, at sign-in."""


class OnceMoreForm(_AppCode, ReauthenticateForm):  # type: ignore[misc]  # the library is not typed
    """A code from an app or a sheet, before something that matters."""


class NewAppForm(_AppCode, ActivateTOTPForm):  # type: ignore[misc]  # the library is not typed
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].help_text = _(
            "6 figures. A new code comes every half minute; the last one works too."
        )


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # the library is not typed
    """A name by which a person knows the device."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("A name for this passkey"),
            help_text=_("For example: my phone."),
            max_length=60,
            error_messages={"required": _("Enter a name."), "max_length": _("Enter at most 60 characters.")},
        )
