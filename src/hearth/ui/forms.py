"""The form of the Reading options."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.ui.reading import Reading


class ReadingForm(forms.Form):
    """How a person wants to read. Every choice has a usual value, so there is nothing to get wrong."""

    text = forms.ChoiceField(
        label=_("Size of the letters"),
        choices=[
            ("100", _("Usual")),
            ("125", _("Larger")),
            ("150", _("Large")),
            ("200", _("Very large")),
        ],
        widget=forms.RadioSelect({"side_by_side": True}),
    )
    view = forms.ChoiceField(
        label=_("How much on a page"),
        choices=[("full", _("Everything")), ("simple", _("Simple: one thing at a time"))],
        widget=forms.RadioSelect({"side_by_side": True}),
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[("auto", _("As on my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect({"side_by_side": True}),
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        choices=[("normal", _("Usual")), ("high", _("Strong: black and white"))],
        widget=forms.RadioSelect({"side_by_side": True}),
    )
    calm = forms.ChoiceField(
        label=_("Pictures and colours"),
        choices=[("no", _("Usual")), ("yes", _("Calm: fewer pictures and colours"))],
        widget=forms.RadioSelect({"side_by_side": True}),
    )

    def reading(self) -> Reading:
        """The options that were chosen."""
        return Reading.of(self.cleaned_data)
