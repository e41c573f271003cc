"""What the composer asks about a file, and what it says when something is missing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

from hearth.files import actions
from hearth.files.forms import AttachForm
from tests.files import bombs
from tests.files.conftest import NOW, OWNER

ASKED = "Say what the picture shows, or choose one of the other two answers."


def form_of(
    content: bytes | None = None, name: str = "a.png", prefix: str | None = None, **typed: str
) -> AttachForm:
    start = f"{prefix}-" if prefix else ""
    files = {f"{start}file": SimpleUploadedFile(name, content, "text/plain")} if content is not None else {}
    return AttachForm({f"{start}{key}": value for key, value in typed.items()}, files, prefix=prefix)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"file_says": "shows", "file_description": "Tea"}, ("Tea", False, False)),
        ({"file_description": "Tea"}, ("Tea", False, False)),
        ({"file_says": "ask"}, ("", False, True)),
        ({"file_says": "decoration"}, ("", True, False)),
    ],
)
def test_each_answer_about_a_picture_is_enough(
    community: Any, typed: dict[str, str], said: tuple[str, bool, bool]
) -> None:
    form = form_of(bombs.picture(), **typed)
    assert (form.is_valid(), form.errors) == (True, {})
    assert tuple(form.said().values()) == said
    file = form.cleaned_data["file"]
    kept = actions.store(file, community=community, owner_id=OWNER.pk, name=file.name, now=NOW, **form.said())
    assert (kept.description, kept.is_decoration, kept.wants_description) == said


@pytest.mark.parametrize(
    ("content", "typed", "errors"),
    [
        (bombs.picture(), {}, {"file_description": [ASKED]}),
        (bombs.picture(), {"file_says": "shows"}, {"file_description": [ASKED]}),
        (bombs.picture(), {"file_says": "anything"}, {"file_description": [ASKED]}),
        (b"words", {}, {}),
        (b"", {}, {"file": ["This file is empty. Choose another one."]}),
        (
            b"<svg/>",
            {},
            {
                "file": [
                    "Web pages and SVG drawings can carry hidden programs. Save it as PDF or PNG, and send that."
                ]
            },
        ),
        (
            b"words",
            {"file_description": "x" * 501},
            {"file_description": ["The description is too long. Use at most 500 letters."]},
        ),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    content: bytes, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    assert form_of(content, **typed).errors == errors


def test_without_a_file_there_is_nothing_to_ask() -> None:
    form = form_of()
    assert (form.is_valid(), form.cleaned_data["file"]) == (True, None)


def test_the_file_is_handed_on_from_its_beginning() -> None:
    form = form_of(b"words", "a.txt")
    assert form.is_valid()
    assert form.cleaned_data["file"].read() == b"words"


def test_the_fields_are_drawn_with_what_was_typed() -> None:
    form = form_of(bombs.picture(), prefix="second", file_says="shows", file_description="")
    assert form.is_valid() is False
    template = '{% from "files/attach_field.html" import attach_field %}{{ attach_field(form) }}'
    html = engines.all()[0].from_string(template).render({"form": form})
    for part in (
        'name="second-file"',
        'name="second-file_says"',
        'name="second-file_description"',
        'value="shows" checked',
        ASKED,
    ):
        assert part in html
    assert "required" not in html
