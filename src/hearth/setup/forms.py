"""Shape of the answers of the first run. What is too long or empty is refused by the actions, in their words."""

from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearth.accounts.forms import EmailForm
from hearth.core.once import new_token
from hearth.core.text import fold
from hearth.purpose.models import Goal
from hearth.setup.ideas import Idea
from hearth.setup.languages import known_languages
from hearth.setup.letter import Ease, ease_of
from hearth.spaces.enums import Access


class NameForm(forms.Form):
    """The organisation's name, in any alphabet."""

    name = forms.CharField(
        label=_("What is the name of your organisation?"),
        help_text=_("As your members say it. You can change it later."),
        error_messages={"required": _("Enter the name of your organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class YouForm(EmailForm):
    """Who begins: name and address. No password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As others know you, in your own alphabet."),
        error_messages={"required": _("Enter your name as others know you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].help_text = _("You sign in with it later. There is no password.")


class NameOnlyForm(forms.Form):
    """Who begins, where the person is signed in already: only the name."""

    name = YouForm.base_fields["name"]


class LanguagesForm(forms.Form):
    """The languages that members speak, each by its own name."""

    languages = forms.MultipleChoiceField(
        label=_("Which languages do your members speak?"),
        help_text=_("Choose all that they speak. You can change it later."),
        choices=known_languages,
        error_messages={"required": _("Choose at least one language.")},
        widget=forms.CheckboxSelectMultiple,
    )


class PlaceForm(forms.Form):
    """Where the community is, and how its people reach a person."""

    country = forms.ChoiceField(
        label=_("Country"), error_messages={"required": _("Choose a country from the list.")}
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    languages = forms.MultipleChoiceField(
        label=_("Languages of your members"),
        choices=known_languages,
        error_messages={"required": _("Choose at least one language.")},
        widget=forms.CheckboxSelectMultiple,
    )
    help_phone = forms.CharField(
        label=_("Phone number for help"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    help_hours = forms.CharField(
        label=_("When somebody answers it"),
        help_text=_("Such as: Monday to Thursday, 9 to 12."),
        required=False,
    )
    help_email = forms.CharField(
        label=_("E-mail address for help"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    open_to_visitors = forms.BooleanField(
        label=_("Let visitors look around"),
        help_text=_("Then everybody can read the open spaces without signing in. Names are seen."),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["country"].choices = [("", _("Choose a country")), *countries()]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]


class SpaceForm(forms.Form):
    """A first space: its name, what it is for, who reads in it, and the goal that it serves."""

    name = forms.CharField(
        label=_("Name of the space"),
        error_messages={"required": _("Give the space a name with at least one letter.")},
    )
    purpose_line = forms.CharField(label=_("What is it for?"), help_text=_("One line."), required=False)
    access = forms.ChoiceField(
        label=_("Who can read in it?"), choices=Access.choices, widget=forms.RadioSelect
    )
    goal = forms.ChoiceField(label=_("Which goal does it serve?"), widget=forms.RadioSelect, required=False)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, idea: Idea, goals: list[Goal]) -> None:
        first = {
            "name": idea.name,
            "purpose_line": idea.line,
            "access": Access.OPEN,
            "form_token": new_token(),
        }
        super().__init__(data, initial=first)
        if goals:
            none = ("", _("None of them yet"))
            self.fields["goal"].choices = [*((one.public_id, one.words) for one in goals), none]  # type: ignore[attr-defined]
        else:
            del self.fields["goal"]


class WelcomeForm(forms.Form):
    """The welcome letter."""

    title = forms.CharField(label=_("Title"), required=False)
    text = forms.CharField(
        label=_("The letter"),
        widget=forms.Textarea(attrs={"rows": 14}),
        strip=False,
        error_messages={"required": _("Write a few words.")},
    )
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any], purpose: str) -> None:
        super().__init__(data, initial={"form_token": new_token(), **initial})
        self._purpose = purpose

    @property
    def ease(self) -> Ease:
        """How easily the letter reads, as it stands in the form; the purpose in it was weighed elsewhere."""
        text: str = self["text"].value() or ""
        return ease_of(text.replace(self._purpose, "") if self._purpose else text)


def countries() -> list[tuple[str, str]]:
    """Return the countries of the world by their names in the reader's language."""
    names = _locale().territories
    # 001 is the world, ZZ is nowhere.
    codes = (code for code in get_global("territory_zones") if len(code) == 2 and code != "ZZ")
    known = ((code, str(names[code])) for code in codes if names.get(code))
    return sorted(known, key=lambda pair: fold(pair[1]))


def time_zones() -> list[tuple[str, str]]:
    """Return the time zones of the world by region and city."""
    known = (zone for zones in get_global("territory_zones").values() for zone in zones)
    zones = {zone for zone in known if not zone.startswith("Etc/")}
    return [(zone, zone.replace("_", " ").replace("/", ": ", 1)) for zone in sorted(zones)]


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
