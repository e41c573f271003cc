"""What comes in from the pages of the purpose. Nothing that was typed is cut; the domain says what is too long."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.core.once import new_token
from hearth.core.text import is_blank, strip_controls
from hearth.purpose.enums import Speaks
from hearth.purpose.parts import MOST_SENTENCE, Parts
from hearth.purpose.queries.wordings import fingerprint, length_refusal


class AnswerForm(forms.Form):
    """An answer. page and seen tell two open pages apart; heard are the rules of the remarks that the writer has read."""

    words = forms.CharField(required=False, strip=False)
    page = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    heard = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stands: str = "", back: str = "") -> None:
        known = {"words": stands, "page": secrets.token_urlsafe(9), "seen": fingerprint(stands), "back": back}
        super().__init__(data, initial=known)

    @property
    def typed(self) -> str:
        """The words as they came, also those that no field takes (NUL): the domain cleans them, and nothing is lost."""
        return str(self.data.get("words", ""))

    def said(self) -> dict[str, str]:
        """The words and the page they come from, as `actions.write` takes them."""
        return {"words": self.typed, **{name: self.cleaned_data.get(name, "") for name in ("page", "seen")}}

    def saw(self, words: str) -> None:
        """Remember that the page shows these words too: sent once more, it takes their place knowingly."""
        self.data = {name: self.data.get(name, "") for name in self.data} | {"seen": fingerprint(words)}

    def refuse(self, *, most: int) -> bool:
        """Say kindly that nothing was written, or by how much it is too long; return whether one of them is so."""
        words = strip_controls(self.typed)
        self.errors.pop("words", None)
        if is_blank(words):
            self.add_error("words", _("Write a few words, or choose “Later”. There is no hurry."))
        elif refusal := length_refusal(words, most):
            self.add_error("words", refusal)
        return bool(self.errors)

    def has_heard(self, rules: list[str]) -> bool:
        """Say whether the writer has read all these remarks already."""
        return set(rules) <= set(self.cleaned_data.get("heard", "").split())


class LanguageForm(forms.Form):
    """In which language the purpose is written."""

    language = forms.ChoiceField(
        label=_("In which language do you write it?"),
        help_text=_("The one in which most of you speak. Translations come later."),
    )

    def __init__(self, data: Any = None, *, languages: list[tuple[str, str]], chosen: str) -> None:
        super().__init__(data, initial={"language": chosen})
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages


class BeginForm(LanguageForm):
    """How an interview begins: in which language, and from what."""

    start = forms.ChoiceField(
        label=_("Where do you begin?"),
        choices=[
            ("held", _("With the words that hold now")),
            ("empty", _("With an empty page")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: Any = None, *, languages: list[tuple[str, str]], chosen: str, has_one: bool
    ) -> None:
        super().__init__(data, languages=languages, chosen=chosen)
        if not has_one:
            del self.fields["start"]


class PartsForm(forms.Form):
    """All five parts on one page: for a purpose that is there already, and for its translations."""

    who = forms.CharField(label=_("Who"), required=False, widget=forms.Textarea({"rows": 2}))
    what_1 = forms.CharField(label=_("What, first"), required=False, widget=forms.Textarea({"rows": 2}))
    what_2 = forms.CharField(label=_("What, second"), required=False, widget=forms.Textarea({"rows": 2}))
    what_3 = forms.CharField(label=_("What, third"), required=False, widget=forms.Textarea({"rows": 2}))
    why = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea({"rows": 2}))

    def parts(self) -> Parts:
        """What was written."""
        said = self.cleaned_data
        return Parts(said["who"], (said["what_1"], said["what_2"], said["what_3"]), said["why"])


class WriteForm(PartsForm):
    """All parts of an interview. page, and seen for each part, tell two open pages apart, as in `AnswerForm`."""

    page = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stands: Mapping[str, str]) -> None:
        super().__init__(data, initial={**stands, "page": secrets.token_urlsafe(9)})
        for part, words in stands.items():
            self.fields[f"seen_{part}"] = forms.CharField(
                required=False, max_length=24, widget=forms.HiddenInput, initial=fingerprint(words)
            )

    def said(self, part: str) -> dict[str, str]:
        """What was written for a part, as `actions.write` takes it."""
        words = self.cleaned_data[part]
        return {"words": words, "page": self.cleaned_data["page"], "seen": self.cleaned_data[f"seen_{part}"]}

    def saw(self, part: str, words: str) -> None:
        """Remember that the page shows these words of a part too: sent once more, it takes their place knowingly."""
        self.data = {name: self.data.get(name, "") for name in self.data} | {
            f"seen_{part}": fingerprint(words)
        }


class TranslationForm(PartsForm):
    """A translation: its parts, and the whole sentence where the frame does not fit. seen: the words that were there."""

    sentence = forms.CharField(
        label=_("The whole sentence"),
        help_text=_("Leave this empty and we make it from the parts."),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)


class WholeForm(AnswerForm):
    """The sentence, smoothed by hand, and whether it speaks to both sides."""

    organisation = forms.ChoiceField(
        label=_("Does it speak to your organisation?"),
        choices=Speaks.choices,
        required=False,
        widget=forms.RadioSelect({"side_by_side": True}),
    )
    members = forms.ChoiceField(
        label=_("Does it speak to members?"),
        choices=Speaks.choices,
        required=False,
        widget=forms.RadioSelect({"side_by_side": True}),
    )

    def __init__(
        self, data: Any = None, *, stands: str = "", feelings: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, stands=stands)
        self.initial = {**self.initial, **(feelings or {})}

    def refuse(self, *, most: int = MOST_SENTENCE) -> bool:
        """Say by how much the sentence is too long; an empty one is made from the parts."""
        if refusal := length_refusal(self.typed, most):
            self.add_error("words", refusal)
        return bool(self.errors)


class AdoptForm(forms.Form):
    """The last look. replaces: the version that held when the page was opened; seen: the sign of the words on it."""

    named = forms.BooleanField(
        label=_("My name may stand beside it"),
        help_text=_("You can change that at any time."),
        required=False,
    )
    replaces = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, replaces: int, seen: str = "") -> None:
        super().__init__(data, initial={"replaces": replaces, "seen": seen, "form_token": new_token()})


class LendForm(forms.Form):
    """Whose help is wanted: a name, or one of those who were found by it."""

    name = forms.CharField(
        label=_("Who helps you?"),
        help_text=_("Write a name, or a part of it."),
        required=False,
        max_length=120,
    )
    person = forms.CharField(required=False, max_length=20)
