"""The engine: nothing undefined passes, a misspelt prop is an error, a block renders alone."""

import jinja2
import pytest
from django.template import TemplateDoesNotExist, engines
from lucide import IconDoesNotExist

from hearth.ui.addresses import address
from hearth.ui.engine import icon


def said(source: str, **context: object) -> str:
    return str(engines.all()[0].from_string(source).render(dict(context)))


def test_something_undefined_stops_the_page() -> None:
    assert said("{{ name }}", name="Ann") == "Ann"
    with pytest.raises(jinja2.UndefinedError):
        said("{{ nmae }}", name="Ann")


def test_what_people_typed_is_escaped() -> None:
    assert said("{{ name }}", name="<b>") == "&lt;b&gt;"
    assert said("{{ _('Hello %(name)s', name=name) }}", name="<b>") == "Hello &lt;b&gt;"


def test_a_misspelt_prop_is_an_error() -> None:
    imported = '{% from "ui/components/button.html" import button %}'
    assert "Send" in said(imported + '{{ button("Send", kind="second") }}')
    with pytest.raises(TypeError, match="knid"):
        said(imported + '{{ button("Send", knid="second") }}')


@pytest.mark.parametrize("call", ['row("A", hrfe="#")', 'rows(lable="x")'])
def test_a_misspelt_prop_is_an_error_with_and_without_caller(call: str) -> None:
    imported = '{% from "ui/components/list_row.html" import row, rows %}'
    with pytest.raises(TypeError):
        said(imported + "{% call " + call + " %}x{% endcall %}")


def test_an_icon_is_silent_and_a_misspelt_one_an_error() -> None:
    assert 'aria-hidden="true"' in icon("house")
    assert "icon-turns" in icon("arrow-left")
    assert "icon-turns" not in icon("house")
    with pytest.raises(IconDoesNotExist):
        icon("huose")


def test_a_route_becomes_an_address() -> None:
    assert address("reading") == "/reading/"


def test_one_block_renders_alone() -> None:
    jinja = engines.all()[0]
    block = jinja.get_template("ui/error.html#title").render({"title": "Gone & away"})
    assert block == "Gone &amp; away"
    with pytest.raises(TemplateDoesNotExist):
        jinja.get_template("ui/error.html#no_such_block")
