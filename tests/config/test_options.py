import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from hearth.config.cli import settings_page
from hearth.config.options import Options


def test_languages_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTH_LANGUAGES", "de, fr")
    assert Options().languages == ("de", "fr")


@pytest.mark.parametrize(
    ("name", "value"), [("LANGUAGES", "de,tlh"), ("LANGUAGES", " , "), ("TIME_ZONE", "Europe/Atlantis")]
)
def test_a_language_or_a_time_zone_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HEARTH_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Options()


def test_languages_and_time_zone_reach_the_pages() -> None:
    told = {"HEARTH_LANGUAGES": "fr,en", "HEARTH_TIME_ZONE": "Europe/Paris"}
    asked = "from django.conf import settings as s; print(s.LANGUAGE_CODE, dict(s.LANGUAGES), s.TIME_ZONE)"
    run = [sys.executable, "-c", asked]
    said = subprocess.run(run, env=os.environ | told, capture_output=True, text=True, check=True).stdout

    assert said.strip() == "fr {'fr': 'Français', 'en': 'English'} Europe/Paris"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTH_PORT", "")
    assert Options().port == 8000


def test_a_port_that_cannot_be_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTH_PORT", "70000")
    with pytest.raises(ValidationError, match="port"):
        Options()


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = Options(data_dir=tmp_path, secret_key="").signing_key()
    file = tmp_path / "secret.key"
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Options(data_dir=tmp_path, secret_key="").signing_key() == first
    assert [it.name for it in tmp_path.iterdir()] == ["secret.key"]


def test_a_key_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    assert Options(data_dir=tmp_path, secret_key="given").signing_key() == "given"
    assert list(tmp_path.iterdir()) == []


def test_every_setting_stands_on_the_page_of_documentation() -> None:
    page = settings_page.PAGE.read_text()
    assert page == settings_page.text()
    assert [name for name in Options.model_fields if f"`HEARTH_{name.upper()}`" not in page] == []
