"""What comes in from the profile page and from the pages of invitations."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearth.accounts.addresses import folded
from hearth.core.text import is_blank
from hearth.members.enums import ReachBy, Role
from hearth.members.guests import MOST_GUESTS, Guest, in_line, is_address, rows_shown
from hearth.members.queries import doubt_about
from hearth.ui.names import lang_name


class ProfileForm(forms.Form):
    """What a member says about oneself."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As others know you, in any alphabet."),
        max_length=120,
        error_messages={"required": _("Enter your name as others know you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name_also = forms.CharField(
        label=_("Your name in another alphabet"),
        help_text=_("Only if it helps others."),
        max_length=120,
        required=False,
    )
    about = forms.CharField(
        label=_("A few words about you"),
        help_text=_("Every member can read this. Leave it empty if you like."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )
    reach_by = forms.ChoiceField(
        label=_("How do you like to be reached?"), choices=ReachBy.choices, widget=forms.RadioSelect
    )


class _Asked(forms.CharField):
    """A line that is asked for, though whole rows may stay empty; the form says what is missing."""

    def validate(self, value: str) -> None:
        """Leave it to the form."""


class _AskedChoice(forms.ChoiceField):
    """One of few that always has its value, except in a form that no page of ours has sent."""

    def validate(self, value: str) -> None:
        """Refuse only what is not on offer."""
        if value:
            super().validate(value)


class InviteForm(forms.Form):
    """Up to 10 people, each with a language, and the inviter's own words. What was typed is never lost.

    Rows that are quite empty do not count. `several` takes people one a line; `spread` has made rows of those lines that
    are understood, so what is left there is an error.
    """

    several = forms.CharField(
        label=_("Several people, one a line"),
        help_text=_("For example: Jan Novak <jan@example.org>"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = forms.CharField(
        label=_("Your own words"),
        help_text=_("Why you think of them. Your name stands below. Leave out anything about health."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Ask them to help here"),
        help_text=_("They can say no to that and still come."),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, first_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guests: list[Guest] = []
        self.shown = rows_shown(self.data.get("rows") or self.initial.get("rows"))
        self.initial["rows"] = self.shown
        for row in range(self.shown):
            self._add_row(row, first_language)
        first = [name for name in self.fields if name[-1].isdigit()]
        self.order_fields(first)  # the list of errors goes down the page

    def _add_row(self, row: int, first_language: str) -> None:
        self.fields[f"name_{row}"] = _Asked(
            label=_("Name"),
            max_length=120,
            widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
            error_messages={"max_length": _("Write a name of at most 120 letters.")},
        )
        self.fields[f"email_{row}"] = _Asked(
            label=_("E-mail address"),
            widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        )
        self.fields[f"language_{row}"] = _AskedChoice(
            label=_("Language of the e-mail"),
            choices=[(code, lang_name(code)) for code, _own in settings.LANGUAGES],
            initial=first_language,
        )
        self.fields[f"sure_{row}"] = forms.BooleanField(label=_("Yes, invite this person"), required=False)

    def rows_of_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each person in turn; the box to be sure only where there is something to be sure of."""
        return [
            [
                self[f"{part}_{row}"]
                for part in ("name", "email", "language", "sure")
                if part != "sure" or f"sure_{row}" in self.errors or self[f"sure_{row}"].value()
            ]
            for row in range(self.shown)
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the guests; ask once more where something is known about an address."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if left := cleaned.get("several", "").splitlines():
            self.add_error(
                "several",
                _too_many()
                if any(map(in_line, left))
                else _("These lines were not understood. Write the name, then the address."),
            )
        for row in range(self.shown):
            self._clean_row(row, cleaned)
        if not self.guests and not self.errors:
            self.add_error("name_0", _("Write at least one name with an e-mail address."))
        return cleaned

    def _clean_row(self, row: int, cleaned: dict[str, Any]) -> None:
        guest = Guest(
            name=cleaned.get(f"name_{row}", ""),
            email=cleaned.get(f"email_{row}", ""),
            language=cleaned.get(f"language_{row}", ""),
            is_sure=bool(cleaned.get(f"sure_{row}")),
        )
        if not guest.name and not guest.email:
            return
        if not guest.name and f"name_{row}" not in self.errors:
            self.add_error(f"name_{row}", _("Write the name of this person."))
        if not is_address(guest.email):
            self.add_error(f"email_{row}", _("Write the whole e-mail address, such as name@example.org."))
        elif any(folded(one.email) == folded(guest.email) for one in self.guests):
            self.add_error(f"email_{row}", _("This address stands here twice. Invite one of them later."))
        elif guest.name and not guest.is_sure and (doubt := doubt_about(name=guest.name, email=guest.email)):
            self.add_error(f"sure_{row}", doubt)
        self.guests.append(guest)


class ComeInForm(forms.Form):
    """What a guest chooses before coming in."""

    name = forms.CharField(
        label=_("Your name, as you write it"),
        help_text=_("Members see it. You can change it at any time."),
        max_length=120,
        error_messages={
            "required": _("Enter your name as others know you."),
            "max_length": _("Make your name shorter: at most 120 letters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    language = _AskedChoice(
        label=_("Your language"),
        help_text=_("For the pages and for your e-mails."),
        widget=forms.RadioSelect(attrs={"side_by_side": True}),
    )
    takes_roles = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, roles: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, lang_name(code)) for code, _own in settings.LANGUAGES]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["language"]
        if roles:
            self.fields["takes_roles"].label = gettext("Yes, I help as: %(roles)s") % {"roles": roles}
        else:
            del self.fields["takes_roles"]

    def clean_name(self) -> str:
        """Refuse a name of which nobody sees anything."""
        name: str = self.cleaned_data["name"]
        if is_blank(name):
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name


def _too_many() -> str:
    return gettext("At most %(most)d people can be invited at once. Keep these for the next time.") % {
        "most": MOST_GUESTS
    }
