"""Sample data for the style guide: every component in every state. English only, since builders read it, not members."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from markupsafe import Markup

from hearth.ui.widgets import CodeInput, Composer, DescribedFile


class SampleForm(forms.Form):
    """One field of every kind that the form bridge draws."""

    name = forms.CharField(label="Name", widget=forms.TextInput({"autocomplete": "name"}))
    mail = forms.EmailField(label="E-mail address", help_text="Only the team sees it.")
    years = forms.IntegerField(label="Years since the diagnosis", required=False)
    about = forms.CharField(label="About you", widget=forms.Textarea({"rows": 3}), required=False)
    text = forms.CharField(label="What do you want to say?", widget=Composer({"rows": 4}))
    code = forms.CharField(label="Code", widget=CodeInput)
    country = forms.ChoiceField(label="Country", choices=[("ch", "Schweiz"), ("fr", "France")])
    pace = forms.ChoiceField(
        label="How often?", choices=[("day", "Each day"), ("week", "Each week")], widget=forms.RadioSelect
    )
    goals = forms.MultipleChoiceField(
        label="Goals", choices=[("a", "Read"), ("b", "Ask")], widget=forms.CheckboxSelectMultiple
    )
    when = forms.SplitDateTimeField(label="When?", required=False)
    photo = forms.FileField(label="Photo", widget=DescribedFile, required=False)
    agree = forms.BooleanField(label="Show my name to members", required=False)


def samples() -> dict[str, Any]:
    """The context of the style-guide page."""
    now = timezone.now()
    return {
        "now": now,
        "yesterday": now - timedelta(days=1),
        "long_ago": now - timedelta(days=400),
        "sample_form": SampleForm(),
        "page": Paginator(range(240), 20).page(3),
        "swatches": ["paper", "surface", "wall", "glow", "hearth", "ink", "good", "care", "danger"],
        "persons": PERSONS,
        "bodies": BODIES,
    }


PERSONS = [
    ("Maria Keller", "greeter", "Speaks Deutsch and Français"),
    ("Jan Novák", "", "New here since Tuesday"),
    ("Ingrid Österreicher-Lindenbaum von der Weiden", "steward", ""),
    ("ليلى حداد", "host", "Here since last year"),
    ("Ὀδυσσεύς Παπαδόπουλος", "expert", "Neurologist"),
    ("Li", "", ""),
]
BODIES = {
    "first": Markup(
        "<p>I write three things on a card in the morning. If one of them is done by noon, the day was good.</p>"
        "<p>What do <strong>you</strong> do? I would love to hear it from people who also work.</p>"
        "<ul><li>One thing for me</li><li>One thing for someone else</li></ul>"
    ),
    "quoting": Markup(
        "<blockquote><p>If one of them is done by noon, the day was good.</p></blockquote>"
        '<p>That is wise. I found <a href="https://example.org/a-very-long-address/that-goes-on/and-on/and-on/until-the-end">'
        "https://example.org/a-very-long-address/that-goes-on/and-on/and-on/until-the-end</a> helpful too.</p>"
    ),
    "arabic": Markup("<p>شكرا لكم جميعا. أكتب أنا أيضا ثلاثة أشياء، ثم أحذف اثنين.</p>"),
}
