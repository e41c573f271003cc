"""Widgets that tell the form bridge (`ui/components/form.html`) which of our fields to draw."""

from typing import Any

from django import forms


class Composer(forms.Textarea):
    """A text that people take time over. `attrs`: `autosave_url` and `saved_at` keep a draft on the server."""


class CodeInput(forms.TextInput):
    """A code that was sent to the person."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Spaces and dashes do not matter, nor do small letters."""
        typed = super().value_from_datadict(data, files, name)
        return (
            "".join(letter for letter in typed if letter.isalnum()).upper()
            if isinstance(typed, str)
            else typed
        )


class DescribedFile(forms.FileInput):
    """A picture, with the question what it shows: `{name}_says` and `{name}_description` come with it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"description": True, **(attrs or {})})
