"""The launcher, run with a Python that only pretends: it writes down what it is asked, and fails where told to."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = "one==1 --hash=sha256:00\ntwo==2 --hash=sha256:00\n"

PRETENDER = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in
    *"version_info < (3, 12)"*) exit "$TOO_OLD" ;;
    *python_version*) echo 3.11.2 ;;
    *ensurepip*) exit "$NO_VENV" ;;
    *"version_info[:2]"*) echo 3.13 ;;
    "-m venv --clear "*)
        [ -z "$VENV_STOPS" ] || { mkdir -p .venv/include; exit 1; }
        for folder in "$@"; do :; done
        rm -rf "$folder"; mkdir -p "$folder/bin"; echo >"$folder/pyvenv.cfg"; cp "$0" "$folder/bin/python" ;;
    "-m pip install "*)
        echo "Collecting one==1"
        [ -z "$PIP_SAYS" ] || { echo "$PIP_SAYS"; exit 1; } ;;
    "-P -m hearth"*) echo "hearth runs with: $*, source in $PYTHONPATH" ;;
esac
"""


class Clone:
    """A clone of the repository as far as the launcher sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "requirements").mkdir()
        for name in ("base", "test"):
            (folder / "requirements" / f"{name}.txt").write_text(LOCKS)
        shutil.copy(ROOT / "hearth", folder)
        (folder / "tools").mkdir()
        for name in (
            "sh",
            "cat",
            "cksum",
            "cut",
            "tr",
            "dirname",
            "mkdir",
            "rm",
            "ls",
            "grep",
            "tee",
            "mv",
            "cp",
            "sleep",
        ):
            (folder / "tools" / name).symlink_to(shutil.which(name) or "")
        self.pretend("python3.13")

    def pretend(self, name: str) -> None:
        (self.folder / "tools" / name).write_text(PRETENDER)
        (self.folder / "tools" / name).chmod(0o755)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        usual = {"PATH": str(self.folder / "tools"), "HOME": "/nowhere", "ASKED": str(self.folder / "asked")}
        answers = {"TOO_OLD": "0", "NO_VENV": "0", "PIP_SAYS": "", "VENV_STOPS": ""}
        return subprocess.run(
            ["/bin/sh", str(self.folder / "hearth"), *arguments],
            env=usual | answers | environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
        )

    def asked(self, beginning: str) -> int:
        file = self.folder / "asked"
        count = (
            sum(line.startswith(beginning) for line in file.read_text().splitlines()) if file.exists() else 0
        )
        file.unlink(missing_ok=True)
        return count


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_first_start_installs_and_hands_over(clone: Clone) -> None:
    done = clone.run("up", "--port", "81")
    assert done.stdout == f"hearth runs with: -P -m hearth up --port 81, source in {clone.folder}/src\n"
    assert done.returncode == 0
    assert clone.asked("-m pip install") == 1


def test_the_second_start_installs_nothing(clone: Clone) -> None:
    clone.run("up")
    clone.asked("")
    clone.run("up")
    assert clone.asked("-P -m hearth up") == 1
    clone.run("up")
    assert clone.asked("-m ") == 0


def test_a_changed_lock_is_installed_into_the_same_environment(clone: Clone) -> None:
    clone.run("up")
    clone.asked("")
    (clone.folder / "requirements" / "base.txt").write_text(LOCKS + "three==3 --hash=sha256:00\n")
    clone.run("up")
    assert sorted(line[:6] for line in (clone.folder / "asked").read_text().splitlines()) == [
        "-P -m ",
        "-m pip",
    ]


def test_tests_get_what_they_need_and_a_start_does_not(clone: Clone) -> None:
    clone.run("up")
    assert not (clone.folder / ".venv" / ".hearth-test").exists()
    clone.asked("")
    clone.run("test", "-k", "x")
    assert (clone.folder / ".venv" / ".hearth-test").exists()
    assert clone.asked("-m pip install") == 1


def test_a_half_made_environment_is_made_again(clone: Clone) -> None:
    clone.run("up", PIP_SAYS="killed")
    done = clone.run("up")
    assert "left half made" in done.stderr
    assert "hearth runs" in done.stdout
    assert clone.asked("-m venv --clear") == 2


def test_an_environment_that_was_hardly_begun_is_made_again(clone: Clone) -> None:
    assert "could not be made" in clone.run("up", VENV_STOPS="yes").stderr
    assert not (clone.folder / ".venv" / "pyvenv.cfg").exists()
    assert "hearth runs" in clone.run("up").stdout
    assert sorted(it.name for it in clone.folder.glob(".venv*")) == [".venv"]


def test_a_folder_with_other_things_is_left_alone(clone: Clone) -> None:
    (clone.folder / ".venv").mkdir()
    (clone.folder / ".venv" / "letters").write_text("dear")
    done = clone.run("up")
    assert done.returncode == 1
    assert done.stderr == f"{clone.folder}/.venv holds other files. Set HEARTH_VENV to an empty folder.\n"
    assert (clone.folder / ".venv" / "letters").read_text() == "dear"


def test_another_environment_can_be_named(clone: Clone) -> None:
    clone.run("up", HEARTH_VENV=str(clone.folder / "elsewhere"))
    assert (clone.folder / "elsewhere" / ".hearth-base").exists()
    assert not (clone.folder / ".venv").exists()


def test_a_python_that_is_too_old_is_said_in_one_sentence(clone: Clone) -> None:
    done = clone.run("up", TOO_OLD="1")
    assert done.returncode == 1
    assert (
        done.stderr
        == "Hearth needs Python 3.12 or newer; only 3.11.2 was found. Get a newer one from python.org.\n"
    )


def test_no_python_at_all_is_said_in_one_sentence(clone: Clone) -> None:
    (clone.folder / "tools" / "python3.13").unlink()
    done = clone.run("up")
    assert done.stderr.startswith("Hearth needs Python 3.12 or newer; none was found.")
    assert done.stderr.count("\n") == 1


def test_a_python_of_pyenv_is_found_where_the_path_holds_none(clone: Clone) -> None:
    versions = clone.folder / "pyenv" / "versions" / "3.12.1" / "bin"
    versions.mkdir(parents=True)
    shutil.move(clone.folder / "tools" / "python3.13", versions / "python")
    assert "hearth runs" in clone.run("up", PYENV_ROOT=str(clone.folder / "pyenv")).stdout


def test_a_missing_venv_module_is_said_with_the_command_that_brings_it(clone: Clone) -> None:
    done = clone.run("up", NO_VENV="1")
    assert (
        done.stderr == "Python 3.13 lacks its venv module. On Debian or Ubuntu: apt install python3.13-venv\n"
    )


@pytest.mark.parametrize(
    ("pip_says", "sentence"),
    [
        (
            "Could not find a version (from versions: none) No matching distribution found",
            "check the network",
        ),
        ("NewConnectionError: Temporary failure in name resolution", "check the network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "tell the maintainers"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: something nobody thought of", "The reason stands in"),
    ],
)
def test_a_failed_installation_says_what_to_do(clone: Clone, pip_says: str, sentence: str) -> None:
    done = clone.run("up", PIP_SAYS=pip_says)
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]
    assert "hearth runs" not in done.stdout


def test_a_folder_without_write_permission_is_said_in_one_sentence(clone: Clone) -> None:
    # Not even root may make a folder there.
    done = clone.run("up", HEARTH_VENV="/proc/nobody/venv")
    assert done.returncode == 1
    assert done.stderr.startswith("Hearth may not write in /proc/nobody. ")
    assert done.stderr.count("\n") == 1


def test_two_starts_at_once_build_one_environment(clone: Clone) -> None:
    (clone.folder / ".venv.lock").mkdir()
    (clone.folder / ".venv.lock" / "pid").write_text("999999999")
    assert "hearth runs" in clone.run("up").stdout, "the turn of a dead process is free"
    assert not (clone.folder / ".venv.lock").exists()
