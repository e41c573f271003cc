"""The stylesheet and the script: one file each, from both sides readable, nothing that a house rule forbids."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from hearth.ui import bundles, tokens
from hearth.ui.finders import FONTS

STYLES = sorted((bundles.HERE / "css").rglob("*.css"))
TEMPLATES = sorted((bundles.HERE / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right|top|bottom)|(left|right|top|bottom)\s*:|(min-|max-)?(width|height)\s*:"
    r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right))"
)


def rules_of(css: str) -> str:
    return re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.stem)
def test_only_logical_properties_are_used(file) -> None:
    assert PHYSICAL.findall(rules_of(file.read_text())) == []


def test_the_check_for_logical_properties_sees_a_physical_one() -> None:
    assert PHYSICAL.search("a { margin-left: 1px }")
    assert PHYSICAL.search("a { width: 1px }")
    assert not PHYSICAL.search("a { margin-inline-start: 1px; border-width: 1px; line-height: 2 }")


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.stem)
def test_colours_come_from_the_tokens_only(file) -> None:
    css = rules_of(file.read_text())
    if file.stem != "print":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css) == []
    assert set(re.findall(r"var\(--([\w-]+)\)", css)) <= declared()


def declared() -> set[str]:
    return set(re.findall(r"--([\w-]+):", "".join(file.read_text() for file in STYLES))) | set(tokens.LIGHT)


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.stem)
def test_every_rule_stands_in_a_layer(file) -> None:
    css = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    outside, depth = "", 0
    for sign in css:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        outside += sign if depth == 0 else ""
    assert depth == 0
    assert re.sub(r"@layer [\w, ]+;?|@font-face|[\s}]", "", outside) == ""


def test_every_component_has_its_own_style_and_none_is_left_over() -> None:
    components = {file.stem for file in TEMPLATES if file.parent.name == "components"}
    without_style = {"form", "hidden", "moment"}
    assert {
        file.stem for file in STYLES if file.parent.name == "components"
    } == components - without_style | {"style_guide"}


def test_no_template_carries_style_or_script() -> None:
    for file in TEMPLATES:
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)', file.read_text()), file


def test_the_bundles_are_small_enough_to_arrive_quickly() -> None:
    assert len(gzip.compress(bundles.stylesheet())) <= 10_000
    assert len(gzip.compress(bundles.script())) <= 4_000
    for file in (bundles.HERE / "js/apart").glob("*.js"):
        assert len(gzip.compress(bundles.script_apart(file))) <= 4_000


@pytest.mark.parametrize(
    "path",
    [
        "ui/hearth.css",
        "ui/hearth.js",
        "ui/htmx.js",
        "ui/live.js",
        *(f"ui/fonts/{style}.ttf" for style in FONTS),
    ],
)
def test_the_files_are_found_by_name(path: str) -> None:
    found = finders.find(path)
    assert found
    assert Path(found).stat().st_size > 500


def test_a_file_that_is_not_ours_is_not_found() -> None:
    assert finders.find("ui/nothing.css") is None


def test_they_are_collected_with_hashed_names(tmp_path) -> None:
    from django.core.management import call_command

    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    styles = list(tmp_path.glob("ui/hearth.*.css"))
    assert len(styles) == 1
    fonts = re.findall(r'url\("fonts/([\w.]+)"\)', styles[0].read_text())
    assert len(fonts) == len(FONTS)
    assert all((tmp_path / "ui/fonts" / font).exists() for font in fonts)
