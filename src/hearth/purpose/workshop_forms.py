"""What comes in from the pages of a workshop where a form of several fields is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearth.purpose.enums import Meeting
from hearth.ui.names import lang_name


class StartForm(forms.Form):
    """How people come together, and the language in which they write."""

    meeting = forms.ChoiceField(
        label=_("How do you come together?"),
        choices=Meeting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you come together.")},
    )
    language = forms.ChoiceField(label=_("In which language do you write?"))

    def __init__(
        self, data: Any = None, *, languages: Sequence[str], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        shipped = [code for code, _name in settings.LANGUAGES]
        codes = dict.fromkeys([*languages, *shipped])
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, lang_name(code)) for code in codes]


class TimetableForm(forms.Form):
    """How long the meeting is, how large the print, in which language, and when it starts."""

    minutes = forms.ChoiceField(
        label=_("How long do you meet?"),
        choices=[("60", _("60 minutes")), ("90", _("90 minutes"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long you meet.")},
    )
    print_size = forms.ChoiceField(
        label=_("How large is the print?"),
        choices=[("normal", _("Normal")), ("large", _("Large print"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how large the print is.")},
    )
    language = forms.ChoiceField(label=_("Language"))
    starts = forms.TimeField(
        label=_("When does it start?"),
        help_text=_("For example 18:30. You can leave this empty."),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("Write the time like this: 18:30.")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, lang_name(code)) for code, _name in settings.LANGUAGES]
