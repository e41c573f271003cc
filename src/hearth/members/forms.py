"""What comes in from the profile page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.members.enums import ReachBy


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
