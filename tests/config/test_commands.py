import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hearth.config import health
from hearth.config.cli import chromium
from hearth.config.cli.app import app
from hearth.config.cli.terminal import Stop
from hearth.config.options import Options
from hearth.core.clock import now
from hearth.core.tenancy import across_communities
from hearth.happenings import actions as happenings

SRC = Path(__file__).resolve().parents[2] / "src"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False, env={"COLUMNS": "200"})
    return result.output


def test_help_shows_every_command_in_its_group() -> None:
    words = run("--help")
    assert [
        group for group in ("Run", "Fill", "Look inside", "Work on Hearth") if f"─ {group} ─" not in words
    ] == []
    missing = [
        name for name in ("up", "test", "check", "sample", "import", "doctor") if f" {name} " not in words
    ]
    assert missing == []


@pytest.mark.django_db
def test_an_operator_sees_what_happened() -> None:
    with across_communities():
        happenings.record("lamp_lit", community=None, by=None, subject_kind="lamp", subject_id=7, now=now())
    words = run("happenings")
    assert "lamp_lit" in words
    assert "network" in words


@pytest.mark.django_db
def test_an_empty_outbox_is_a_table_without_rows() -> None:
    assert "Subject" in run("outbox")


def test_a_wrong_setting_is_said_in_one_sentence_with_its_name() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hearth", "doctor"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SRC), "HEARTH_PORT": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("HEARTH_PORT cannot be used: ")
    assert done.stderr.count("\n") == 1


def test_the_doctor_finds_a_misspelt_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTH_PROT", "81")
    assert any("HEARTH_PROT is no setting" in finding.words for finding in health._names())


@pytest.mark.parametrize(
    ("options", "good"),
    [
        (Options(site_url="https://long-table.example", proxy=True), True),
        (Options(site_url="https://long-table.example", proxy=False), False),
        (Options(site_url="http://long-table.example", proxy=True), False),
        (Options(site_url="https://long-table.example", proxy=True, debug=True), False),
    ],
)
def test_the_doctor_asks_for_a_safe_address(options: Options, good: bool) -> None:
    assert all(finding.good for finding in health._address(options)) == good


@pytest.mark.parametrize(
    ("options", "good"),
    [
        (Options(smtp_url="smtp://mail.example:25", mail_domain="talk.example"), True),
        (Options(smtp_url="", mail_domain="talk.example"), False),
        (Options(smtp_url="smtp://mail.example:25", mail_domain="hearth.localhost"), False),
        (Options(smtp_url="smtp://mail.example:25", mail_domain="talk.example", mail_listen_port=0), False),
    ],
)
def test_the_doctor_asks_for_mail_both_ways(options: Options, good: bool) -> None:
    assert all(finding.good for finding in health._mail(options)) == good


def test_the_doctor_finds_a_key_that_others_can_read(tmp_path: Path) -> None:
    options = Options(data_dir=tmp_path, secret_key="")
    options.signing_key()
    assert all(finding.good for finding in health._data_folder(options))
    (tmp_path / "secret.key").chmod(0o644)
    assert [finding.words for finding in health._data_folder(options) if not finding.good] == [
        f"Others can read the secret key: chmod 600 {tmp_path}/secret.key"
    ]


def test_a_browser_that_is_named_but_missing_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert chromium.find_browser() is None
    with pytest.raises(Stop, match=r"^Chromium is not installed. Install it with: "):
        chromium.browser_or_stop()
