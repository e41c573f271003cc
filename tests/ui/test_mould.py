"""Moulds: drawn once for a shape, filled with each page's own values, and nothing in them may look into a value."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation
from markupsafe import Markup

from hearth.ui import mould as moulds

ROW = """{% macro row(name, href, when, lang="") -%}
<li{% if lang %} lang="{{ lang }}"{% endif %}><a href="{{ href }}">{{ name }}</a> {{ name|initials }} tone-{{ tone(name) }} {{ when|moment }} 100%</li>
{%- endmacro %}"""
PAGE = (
    ROW
    + """{% for one in people %}{% call(it) mould("test row", language, name=one.name, id=one.id, when=one.when, lang=one.lang) %}
{{ row(it.name, url("reading") ~ "#" ~ it.id, it.when, lang=it.lang) }}
{% endcall %}{% endfor %}"""
)
PLAIN = (
    ROW
    + """{% for one in people %}{{ row(one.name, url("reading") ~ "#" ~ one.id, one.when, lang=one.lang) }}{% endfor %}"""
)


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "_moulds", {})


def said(source: str, **context: Any) -> str:
    drawn = engines.all()[0].from_string(source).render(context)
    return "".join(line.strip() for line in str(drawn).splitlines())


def person(name: str, *, minute: int, lang: str = "") -> dict[str, Any]:
    when = datetime(2026, 3, 5, 13, minute, tzinfo=UTC)
    return {"name": name, "id": f"p{minute}", "when": when, "lang": lang}


def test_a_filled_mould_says_what_the_template_alone_says() -> None:
    people = [
        person("Ann Bee", minute=1),
        person("<b>Eve & %s</b>", minute=2),
        person("Élodie", minute=3, lang="fr"),
        person("%(name)s", minute=4, lang='"><script>'),
    ]
    assert said(PAGE, people=people, language="en") == said(PLAIN, people=people)
    assert len(moulds._moulds) == 2


def test_words_and_dates_of_a_mould_are_those_of_the_page_it_is_filled_for() -> None:
    for language in ("en", "de", "en"):
        for zone in ("Europe/Zurich", "Asia/Tokyo"):
            with translation.override(language), timezone.override(zone):
                people = [person("Ann Bee", minute=1)]
                assert said(PAGE, people=people, language=language) == said(PLAIN, people=people)


def test_a_value_that_is_html_already_stays_so_and_text_is_escaped() -> None:
    page = '{% call(it) mould("test", value=value) %}<p>{{ it.value }}</p>{% endcall %}'
    assert said(page, value=Markup("<b>x</b>")) == "<p><b>x</b></p>"
    assert said(page, value="<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_an_empty_value_is_seen_as_empty_and_makes_another_shape() -> None:
    page = '{% call(it) mould("test", value=value) %}{% if it.value %}has {{ it.value }}{% else %}none{% endif %}{% endcall %}'
    assert [said(page, value=value) for value in ("a", "", "b", None)] == ["has a", "none", "has b", "none"]


def test_what_looks_like_a_place_in_a_value_is_only_text() -> None:
    page = '{% call(it) mould("test", one=one, two=two) %}{{ it.one }}|{{ it.two }}{% endcall %}'
    place = f"{moulds._MARK}-0-"
    for _time in range(2):
        assert said(page, one=place, two="secret") == f"{place}|secret"


@pytest.mark.parametrize(
    "looks",
    ["{% if it.value == 'a' %}x{% endif %}", "{{ it.value|length }}", "{% for x in it.value %}x{% endfor %}"],
)
def test_to_look_into_a_value_while_a_mould_is_drawn_is_an_error(looks: str) -> None:
    page = '{% call(it) mould("test", value=value) %}' + looks + "{% endcall %}"
    with pytest.raises(TypeError, match="value"):
        said(page, value="a")


def test_there_are_never_more_moulds_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "MOST", 3)
    for number in range(10):
        assert said('{% call(it) mould("test", n, value="a") %}{{ it.value }}{% endcall %}', n=number) == "a"
    assert len(moulds._moulds) <= 3
