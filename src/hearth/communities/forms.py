"""What comes in from the page of a community's face."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.communities.colours import COLOUR, PALETTE, darker_until_readable, in_words, require_contrast
from hearth.core.errors import Invalid
from hearth.files import kinds
from hearth.files.limits import DESCRIPTION_LETTERS

OWN = "own"


class _Asked(forms.CharField):
    """A line that is asked for, though another answer can take its place; the form says what is missing."""

    def validate(self, value: str) -> None:
        """Leave it to the form."""


class FaceForm(forms.Form):
    """A community's name, the letters of its mark, and its colour."""

    name = forms.CharField(
        label=gettext_lazy("Name of the community"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Enter the name of the community."),
            "max_length": gettext_lazy("Make the name shorter: at most 120 letters."),
        },
    )
    mark = forms.CharField(
        label=gettext_lazy("Letters beside the name"),
        help_text=gettext_lazy(
            "At most 3. Without letters a small flame stands there; a logo goes before both."
        ),
        max_length=3,
        required=False,
        widget=forms.TextInput(attrs={"width": "short", "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Use at most 3 letters.")},
    )
    colour = forms.ChoiceField(
        label=gettext_lazy("Colour"),
        help_text=gettext_lazy("For buttons and for the place where one is."),
        widget=forms.RadioSelect(attrs={"side_by_side": True}),
        error_messages={
            "required": gettext_lazy("Choose a colour."),
            "invalid_choice": gettext_lazy("Choose a colour."),
        },
    )
    own = forms.CharField(
        label=gettext_lazy("Your own colour"),
        help_text=gettext_lazy("As your printer or your website has it. Example: #8C2F0B"),
        required=False,
        widget=forms.TextInput(attrs={"width": "short", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            (colour, format_html('<span class="tint tint-{}"></span> {}', colour[1:].lower(), name))
            for colour, name in PALETTE
        ]
        self.fields["colour"].choices = [*shown, (OWN, _("A colour of our own"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the colour that is meant, and say in words whether it can be read."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = cleaned.get("colour", "")
        typed = "#" + cleaned.get("own", "").strip().lstrip("#").upper()
        # Whoever types a colour and leaves the tiles alone has chosen; another tile goes before what was typed earlier.
        left_tiles = chosen == self.initial.get("colour") and typed not in {"#", self.initial.get("own")}
        accent = typed if chosen == OWN or left_tiles else chosen
        if accent and not COLOUR.fullmatch(accent):
            self.add_error("own", _("Write the colour as # and 6 figures or letters from A to F."))
        elif accent:
            self._check(accent)
        cleaned["accent"] = accent
        return cleaned

    def _check(self, accent: str) -> None:
        try:
            require_contrast(accent=accent, accent_dark="#FFFFFF")
        except Invalid:
            nearest = darker_until_readable(accent)
            words = _("%(words)s The nearest colour that can be read is %(nearest)s.")
            self.add_error("own", words % {"words": in_words(accent), "nearest": nearest})


class LogoForm(forms.Form):
    """A picture, and what it shows."""

    logo = forms.FileField(
        label=gettext_lazy("Your logo"),
        help_text=gettext_lazy("A picture of any size: PNG, JPEG, WebP or GIF. At most 10 megabytes."),
        error_messages={
            "required": gettext_lazy("Choose a picture first."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.gif"}),
    )
    shows = _Asked(
        label=gettext_lazy("What does the logo show?"),
        help_text=gettext_lazy("For people who cannot see it. Example: two hands around a small flame."),
    )
    only_name = forms.BooleanField(label=gettext_lazy("It shows only our name"), required=False)

    def clean_logo(self) -> "UploadedFile[bytes]":
        """Refuse, in the words of the domain, what is no picture."""
        file: UploadedFile[bytes] = self.cleaned_data["logo"]
        try:
            kind = kinds.kind_of(file.file, size=file.size or 0, name=file.name or "")  # type: ignore[arg-type]
        except Invalid as error:
            raise forms.ValidationError(error.reason) from error
        finally:
            file.seek(0)
        if not kind.is_picture:
            raise forms.ValidationError(_("This is not a picture. Choose a picture of your logo."))
        return file

    def clean_shows(self) -> str:
        """Refuse a description that is too long."""
        words: str = self.cleaned_data["shows"]
        if len(words) > DESCRIPTION_LETTERS:
            raise forms.ValidationError(
                _("The description is too long. Use at most %(most)d letters."),
                params={"most": DESCRIPTION_LETTERS},
            )
        return words

    def clean(self) -> dict[str, Any]:
        """Ask what the logo shows, where nobody has said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "shows" in cleaned and not cleaned["shows"] and not cleaned.get("only_name"):
            self.add_error("shows", _("Say in a few words what the logo shows, or tick the box below."))
        return cleaned
