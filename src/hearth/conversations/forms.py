"""What comes in from the pages of conversations."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as in_context

from hearth.conversations.enums import Format
from hearth.conversations.words import MOST_TITLE, words
from hearth.core.errors import Invalid
from hearth.core.once import new_token
from hearth.files.forms import AttachForm


class WordsForm(forms.Form):
    """Words, with the token that makes a repeated POST one thing. Nothing that was typed is cut or lost on an error."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
    )
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    source_format = Format.TEXT

    def __init__(self, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial={"form_token": new_token(), **(initial or {})})

    def clean_text(self) -> str:
        """Refuse what cannot be kept, in the words of the domain."""
        text: str = self.cleaned_data["text"]
        try:
            words(text, source_format=self.source_format)
        except Invalid as error:
            raise forms.ValidationError(error.reason) from error
        return text


class LetterForm(WordsForm, AttachForm):
    """Words, and a file if one is there. A file cannot be shown again: after another error it has to be chosen anew."""

    def clean(self) -> dict[str, Any]:
        """Say that the file has to be chosen once more where something else was wrong."""
        cleaned = super().clean()
        if self.errors and cleaned.get("file"):
            self.add_error("file", _("Choose the file once more."))
        return cleaned


class AnswerForm(LetterForm):
    """An answer in a topic."""


class TopicForm(LetterForm):
    """A new conversation: what it is about, and the first words."""

    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("A few words. You can leave this empty."),
        required=False,
    )
    field_order = ["title", "text", "file", "file_says", "file_description", "form_token"]

    def __init__(self, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["text"].label = _("What would you like to say or ask?")

    def clean_title(self) -> str:
        """Refuse a title that is longer than 200 letters."""
        title: str = self.cleaned_data["title"]
        if len(title) > MOST_TITLE:
            raise forms.ValidationError(_("Make this shorter: at most 200 letters. The rest fits below."))
        return title


class EditForm(WordsForm):
    """A change of one's own post. `version` is the one that the writer saw."""

    note = forms.CharField(
        label=gettext_lazy("What did you change?"),
        help_text=gettext_lazy("Others see this. They may have answered already."),
        max_length=200,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["text", "note", "version", "form_token"]

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any], needs_note: bool, source_format: Format
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["text"].label = in_context("edit a post", "Your words")
        self.source_format = source_format
        self._needs_note = needs_note
        if not needs_note:
            del self.fields["note"]

    def clean_note(self) -> str:
        """Ask for the note where one is needed."""
        note: str = self.cleaned_data["note"].strip()
        if not note:
            raise forms.ValidationError(_("Say in a few words what you changed."))
        return note

    def said(self) -> dict[str, Any]:
        """What changes, as `actions.edit_post` takes it."""
        return {
            name: self.cleaned_data[name] for name in ("text", "version", "note") if name in self.cleaned_data
        }
