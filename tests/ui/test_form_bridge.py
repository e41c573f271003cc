"""The bridge draws every kind of field of a Django form with our components, errors included."""

import re

import pytest
from django import forms
from django.template import engines

from hearth.ui.style_guide import SampleForm
from hearth.ui.widgets import CodeInput

FILLED = {
    "name": "Maria <Keller>", "mail": "maria@society.example", "years": "3", "about": "Two\nlines", "text": "My text",
    "code": "k7 m2-qx", "country": "fr", "pace": "week", "goals": ["a"], "when_0": "27/03/2027", "when_1": "14:30",
    "agree": "on",
}  # fmt: skip


def drawn(form: forms.Form, more: str = "") -> str:
    source = '{% from "ui/components/form.html" import form_fields %}{{ form_fields(form' + more + ") }}"
    return str(engines.all()[0].from_string(source).render({"form": form}))


def test_every_control_has_a_label_or_legend() -> None:
    html = drawn(SampleForm())
    for control in re.findall(r'<(?:input|textarea|select)[^>]*\sid="([^"]+)"', html):
        assert f'for="{control}"' in html, control
    assert html.count("<fieldset") == html.count("<legend")


def test_what_was_typed_stays() -> None:
    html = drawn(SampleForm(FILLED))
    assert 'value="Maria &lt;Keller&gt;"' in html
    assert "Two\nlines</textarea>" in html
    assert '<option value="fr" selected>' in html
    assert re.search(r'value="week"\s+checked', html)
    assert re.search(r'name="goals" value="a"\s+checked', html)
    assert not re.search(r'name="goals" value="b"\s+checked', html)
    assert 'name="when_0" type="text" value="27/03/2027"' in html
    assert re.search(r'name="agree" value="on"\s+checked', html)


def test_errors_stand_above_and_beside_and_lead_to_the_field() -> None:
    html = drawn(SampleForm({"mail": "maria@"}))
    assert 'class="error-summary" role="alert"' in html
    for target in re.findall(r'<li><a href="#([^"]+)">', html):
        assert f'id="{target}"' in html
    assert 'id="id_mail-error"' in html
    assert re.search(
        r'id="id_mail"[^>]*aria-invalid="true" aria-describedby="id_mail-hint id_mail-error"', html
    )


def test_without_errors_there_is_no_summary() -> None:
    assert "error-summary" not in drawn(SampleForm(FILLED | {"when_1": ""}), ", summary=false")
    assert "error-summary" not in drawn(SampleForm())


def test_only_some_fields_can_be_drawn_in_an_order_of_their_own() -> None:
    html = drawn(SampleForm(), ', only=["pace", "name"]')
    assert html.index('name="pace"') < html.index('name="name"')
    assert 'name="mail"' not in html


def test_the_browser_never_interferes() -> None:
    html = drawn(SampleForm())
    assert not re.search(r"\s(required|placeholder|disabled|style|minlength)\b", html)
    assert not re.search(r'type="(number|date|time|datetime-local)"', html)


def test_what_may_be_left_out_says_so() -> None:
    html = drawn(SampleForm())
    assert re.search(r"About you <span[^>]*>\(optional\)", html)
    assert not re.search(r"Name <span[^>]*>\(optional\)", html)


def test_nothing_is_chosen_beforehand() -> None:
    assert " checked" not in drawn(SampleForm())


def test_spaces_and_small_letters_in_a_code_do_not_matter() -> None:
    assert CodeInput().value_from_datadict({"code": " k7 m2-qx "}, {}, "code") == "K7M2QX"


class Whole(forms.Form):
    one = forms.CharField(widget=forms.HiddenInput, initial="kept")
    two = forms.CharField()

    def clean(self) -> None:
        raise forms.ValidationError("The two do not fit together")


def test_an_error_of_the_whole_form_and_hidden_fields_are_there() -> None:
    html = drawn(Whole({"one": "kept", "two": "x"}))
    assert "<li>The two do not fit together</li>" in html
    assert '<input type="hidden" name="one" value="kept"' in html


@pytest.mark.parametrize("name", list(SampleForm.base_fields))
def test_the_id_in_the_summary_is_that_of_a_control(name: str) -> None:
    form = SampleForm()
    bound = form[name]
    assert f'id="{bound.id_for_label or bound.auto_id}"' in drawn(form)
