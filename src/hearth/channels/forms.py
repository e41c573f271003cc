"""Shape of what is typed when sending is set up: one question a form. Spaces, dashes and pasted addresses are understood."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.accounts.addresses import folded
from hearth.channels import typed
from hearth.channels.providers import KINDS, OTHER, password_words, provider, providers
from hearth.core.errors import Invalid
from hearth.core.once import new_token

MOST_PASSWORD = 1000


class ProviderForm(forms.Form):
    """Who sends the e-mails of this society."""

    provider = forms.ChoiceField(
        label=gettext_lazy("Who looks after your e-mail?"),
        help_text=gettext_lazy("The company where your society has its e-mail address."),
        widget=forms.RadioSelect({"side_by_side": True}),
        error_messages={
            "required": gettext_lazy("Choose a company, or “Another one”."),
            "invalid_choice": gettext_lazy("Choose a company, or “Another one”."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (one.key, one.name) for kind, _words in KINDS for one in providers().values() if one.kind == kind
        ]
        self.fields["provider"].choices = [*known, (OTHER, _("Another one"))]  # type: ignore[attr-defined]


class ServerForm(forms.Form):
    """The name of a mail server, however it was pasted."""

    server = forms.CharField(
        label=gettext_lazy("What is the name of the mail server?"),
        help_text=gettext_lazy(
            "Your provider calls it the outgoing mail server. It looks like mail.example.org."
        ),
        max_length=400,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the name of the mail server, such as mail.example.org."),
            "max_length": gettext_lazy("Enter only the name of the mail server, such as mail.example.org."),
        },
    )

    def clean_server(self) -> typed.Typed:
        """Read what was typed."""
        try:
            return typed.server(self.cleaned_data["server"])
        except Invalid as error:
            raise forms.ValidationError(error.reason) from error


class SenderForm(forms.Form):
    """The address from which all e-mails come."""

    sender = forms.EmailField(
        label=gettext_lazy("From which e-mail address shall we send?"),
        help_text=gettext_lazy("Everybody sees it. Best is one of your society, not your own."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter an e-mail address."),
            "invalid": gettext_lazy(
                "Enter the whole e-mail address in plain letters, such as office@example.org."
            ),
            "max_length": gettext_lazy("Enter an e-mail address of at most 254 characters."),
        },
    )

    def clean_sender(self) -> str:
        """Fold the address; only letters that every mail server knows may stand before the @."""
        address = folded(self.cleaned_data["sender"])
        if not address.isascii() or len(address) > 254:
            raise forms.ValidationError(
                _("Enter an address with plain letters, without accents before the @.")
            )
        return address


class UserForm(forms.Form):
    """The name by which one signs in at the mail server."""

    username = forms.CharField(
        label=gettext_lazy("What is your user name there?"),
        help_text=gettext_lazy("Often it is your whole e-mail address."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your user name at the mail server."),
            "max_length": gettext_lazy("Enter a user name of at most 254 characters."),
        },
    )

    def clean_username(self) -> str:
        """Take gaps out; mail servers know only plain letters."""
        name = typed.username(self.cleaned_data["username"])
        if not name or not name.isascii() or not name.isprintable():
            raise forms.ValidationError(_("Enter a user name with plain letters, without accents."))
        return name


class PasswordForm(forms.Form):
    """The password, which is never shown again."""

    password = forms.CharField(
        label=gettext_lazy("What is the password?"),
        max_length=MOST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter the password."),
            "max_length": gettext_lazy("That is too long for a password. Copy only the password itself."),
        },
    )

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_made = provider(key).password != "usual"  # noqa: S105 - a kind of password, not one
        self.fields["password"].help_text = password_words(key)

    def clean_password(self) -> str:
        """Take out what slipped in by copying."""
        password = typed.password(self.cleaned_data["password"], is_made=self._is_made)
        if not password or not password.isprintable():
            raise forms.ValidationError(_("Enter the password."))
        return password


class HandOnForm(forms.Form):
    """To whom the lines for the domain go."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person who runs your domain"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter an e-mail address."),
            "invalid": gettext_lazy("Enter the whole e-mail address, such as name@example.org."),
            "max_length": gettext_lazy("Enter an e-mail address of at most 254 characters."),
        },
    )
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"form_token": new_token()})

    def clean_email(self) -> str:
        """Fold the address."""
        return folded(self.cleaned_data["email"])
