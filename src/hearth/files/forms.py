"""What comes in with a file: for the composer of any feature, and for the page on which a picture is described.

The names of the fields are those of the component `ui/components/file_field.html`.
"""

from typing import Any, TypedDict

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.core.errors import Invalid
from hearth.files import kinds
from hearth.files.limits import DESCRIPTION_LETTERS, FILE_BYTES, MEGABYTE

SHOWS, ASK, DECORATION = "shows", "ask", "decoration"


class Said(TypedDict):
    """What `files.actions.store` and `describe` take about a picture."""

    description: str
    is_decoration: bool
    wants_description: bool


def _description_field(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Description of the picture"),
        help_text=gettext_lazy(
            "One sentence is enough. Example: Eva pours tea for four people at a long table."
        ),
        required=required,
        error_messages={"required": gettext_lazy("Say in a few words what the picture shows.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _cleaned_description(words: str) -> str:
    if len(words) > DESCRIPTION_LETTERS:
        raise forms.ValidationError(
            _("The description is too long. Use at most %(most)d letters."),
            params={"most": DESCRIPTION_LETTERS},
        )
    return words


def _said(answer: str, words: str) -> Said:
    # Whoever wrote words has answered, whichever tile is marked.
    return Said(
        description=words,
        is_decoration=not words and answer == DECORATION,
        wants_description=not words and answer == ASK,
    )


class AttachForm(forms.Form):
    """A file and, for a picture, what it shows. Without a file it is content. Use `prefix` for more than one in a page.

    `template`: `{% from "files/attach_field.html" import attach_field %}{{ attach_field(form) }}`.
    """

    file = forms.FileField(
        label=gettext_lazy("A picture or a file"),
        help_text=gettext_lazy("At most 10 megabytes. Pictures, PDF, texts, tables, sound recordings."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": kinds.ACCEPT, "description": True}),
    )
    file_says = forms.CharField(label=gettext_lazy("What does the picture show?"), required=False)
    file_description = _description_field()

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse, in the words of the domain, what is too large or of a kind that is not taken."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if not file:
            return None
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(
                _("This file is too large. It may have at most %(most)d megabytes."),
                params={"most": FILE_BYTES // MEGABYTE},
            )
        self._kind(file)
        return file

    def _kind(self, file: "UploadedFile[bytes]") -> kinds.Kind:
        try:
            return kinds.kind_of(file.file, size=file.size or 0, name=file.name or "")  # type: ignore[arg-type]
        except Invalid as error:
            raise forms.ValidationError(error.reason) from error
        finally:
            file.seek(0)

    def clean_file_description(self) -> str:
        """Refuse a description that is too long."""
        return _cleaned_description(self.cleaned_data["file_description"])

    def clean(self) -> dict[str, Any]:
        """Ask what a picture shows, where nobody has said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if (
            file
            and self._kind(file).is_picture
            and "file_description" in cleaned
            and not any(self.said().values())
        ):
            self.add_error(
                "file_description", _("Say what the picture shows, or choose one of the other two answers.")
            )
        return cleaned

    def said(self) -> Said:
        """The answer about the picture, as `files.actions.store` takes it."""
        return _said(self.cleaned_data.get("file_says", ""), self.cleaned_data.get("file_description", ""))


class PhotoForm(forms.Form):
    """A member's own photo."""

    photo = forms.FileField(
        label=gettext_lazy("Your photo"),
        help_text=gettext_lazy("It is cut to a square. At most 10 megabytes."),
        error_messages={
            "required": gettext_lazy("Choose a photo first."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.gif"}),
    )


class DescribeForm(forms.Form):
    """What a picture shows, in the words of someone who sees it."""

    description = _description_field(required=True)

    def clean_description(self) -> str:
        """Refuse a description that is too long."""
        return _cleaned_description(self.cleaned_data["description"])

    def said(self) -> Said:
        """The answer, as `files.actions.describe` takes it."""
        return _said(self.cleaned_data.get("answer", SHOWS), self.cleaned_data["description"])


class OwnPictureForm(DescribeForm):
    """The same for the picture's owner, who has two more answers."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What does the picture show?"),
        choices=[
            (SHOWS, gettext_lazy("I write it down")),
            (ASK, gettext_lazy("Ask someone to describe it")),
            (DECORATION, gettext_lazy("It is only decoration")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the three answers.")},
        widget=forms.RadioSelect,
    )
    description = _description_field()
    field_order = ["answer", "description"]

    def clean(self) -> dict[str, Any]:
        """Ask for words where they were promised."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("answer") == SHOWS
            and not cleaned.get("description")
            and "description" not in self.errors
        ):
            self.add_error("description", _("Say in a few words what the picture shows."))
        return cleaned

    def said(self) -> Said:
        """New words count whichever tile is marked: nothing that was typed is lost. Else the marked answer counts."""
        answer, words = self.cleaned_data["answer"], self.cleaned_data["description"]
        is_new = words != self.initial.get("description", "")
        return _said(answer, words if answer == SHOWS or is_new else "")
