import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"

# Two parts that write down their number each time they start, and stop politely or not at all.
PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from hearth.config.supervisor import Part, Supervisor

folder = Path(sys.argv[1])

def part(name, stubborn=False):
    def run():
        if stubborn:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        with (folder / name).open("a") as out:
            out.write(f"{os.getpid()}\\n")
        time.sleep(120)
    return Part(name, name, run)

parts = [part("web"), part("worker", stubborn="--stubborn" in sys.argv)]
Supervisor(parts, say=lambda sentence: print(sentence, flush=True)).run()
print("all stopped", flush=True)
"""


class Tree:
    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        command = [sys.executable, "-c", PROGRAM, str(folder), *arguments]
        self.process = subprocess.Popen(
            command, env={"PYTHONPATH": str(SRC)}, stdout=subprocess.PIPE, text=True, process_group=0
        )

    def starts(self, name: str) -> list[int]:
        file = self.folder / name
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def wait_for(self, name: str, count: int) -> int:
        wait_until(lambda: len(self.starts(name)) >= count)
        return self.starts(name)[-1]


def wait_until(true: Callable[[], bool], within: float = 30) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    tree = Tree(tmp_path)
    yield tree
    tree.process.kill()
    tree.process.wait()


def test_a_part_that_was_killed_is_started_again_and_said_so(tree: Tree) -> None:
    first = tree.wait_for("worker", 1)
    os.kill(first, signal.SIGKILL)
    second = tree.wait_for("worker", 2)
    assert second != first
    assert tree.process.stdout is not None
    assert tree.process.stdout.readline() == "The worker stopped (signal 9). It starts again in 0.5 s.\n"
    assert len(tree.starts("web")) == 1


def test_a_part_that_falls_again_waits_longer(tree: Tree) -> None:
    for count in (1, 2):
        os.kill(tree.wait_for("worker", count), signal.SIGKILL)
    assert tree.process.stdout is not None
    said = [tree.process.stdout.readline() for _ in range(2)]
    assert [line.rsplit(" in ")[1] for line in said] == ["0.5 s.\n", "1 s.\n"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_parts_stop_when_it_is_asked_to(tree: Tree, number: int) -> None:
    pids = [tree.wait_for("web", 1), tree.wait_for("worker", 1)]
    tree.process.send_signal(number)
    assert tree.process.wait(10) == 0
    assert [pid for pid in pids if is_alive(pid)] == []


def test_a_part_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    tree = Tree(tmp_path, "--stubborn")
    pid = tree.wait_for("worker", 1)
    tree.process.terminate()
    # It gives the order after 9 s; the rest is for a busy machine.
    assert tree.process.wait(14) == 0
    wait_until(lambda: not is_alive(pid), within=1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_no_part_outlives_a_killed_supervisor(tree: Tree) -> None:
    pids = [tree.wait_for("web", 1), tree.wait_for("worker", 1)]
    tree.process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in pids))
