"""Runs the parts of Hearth as one tree of processes: starts them, starts a dead one again, stops all of them cleanly.

On Linux a part is a fork of this process, which has loaded everything once: the parts share that memory. Elsewhere, where
a fork of a loaded process is not safe, a part is started as `python -m hearth <part>`.
"""

import gc
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hearth.config.processes import die_with_parent

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# A part that ran this long was well; its next fall is counted as the first.
WELL_AFTER = 20.0
STOP_WITHIN = 9.0
LOOK_EVERY = 0.1


@dataclass
class Part:
    """One part of the tree. `command` is its name on the command line, `run` what a fork of us does."""

    name: str
    command: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    falls: int = 0
    start_at: float = 0.0


class Supervisor:
    """Holds the parts until SIGTERM, SIGINT or SIGHUP. `say` gets one sentence for each thing that happens."""

    def __init__(self, parts: Sequence[Part], *, say: Callable[[str], None]) -> None:
        self._parts = parts
        self._say = say
        self._stopping = False

    def run(self) -> None:
        """Run until asked to stop; come back when every part has ended, within 10 seconds."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        # What is loaded now is never looked at by the collector again, so that the forks go on sharing it.
        gc.collect()
        gc.freeze()
        while not self._stopping:
            for part in self._parts:
                if not part.pid and time.monotonic() >= part.start_at:
                    self._start(part)
            self._bury()
            time.sleep(LOOK_EVERY)
        self._stop()

    def _ask_to_stop(self, *_: object) -> None:
        self._stopping = True

    def _start(self, part: Part) -> None:
        part.started = time.monotonic()
        part.pid = _fork(part) if sys.platform == "linux" else _spawn(part)

    def _bury(self) -> None:
        for part in self._parts:
            status = _ended(part)
            if status is None:
                continue
            lived = time.monotonic() - part.started
            part.pid = 0
            part.falls = 1 if lived > WELL_AFTER else part.falls + 1
            pause = min(FIRST_PAUSE * 2 ** (part.falls - 1), LONGEST_PAUSE)
            part.start_at = time.monotonic() + pause
            self._say(f"The {part.name} stopped ({_cause(status)}). It starts again in {pause:g} s.")

    def _stop(self) -> None:
        _tell(self._parts, signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN
        while any(part.pid for part in self._parts) and time.monotonic() < deadline:
            self._forget_ended()
            time.sleep(LOOK_EVERY / 2)
        for part in self._parts:
            if part.pid:
                self._say(f"The {part.name} did not stop in time and is ended.")
        _tell(self._parts, signal.SIGKILL)

    def _forget_ended(self) -> None:
        for part in self._parts:
            if _ended(part) is not None:
                part.pid = 0


def _fork(part: Part) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        # A group of its own: Ctrl-C in the terminal reaches only the supervisor, which then stops us in order.
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        die_with_parent()
        part.run()
        status = 0
    except SystemExit as leave:
        status = leave.code if isinstance(leave.code, int) else 1
    except BaseException:  # noqa: BLE001 – whatever it is, the part ends here and says why
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # Not sys.exit: the supervisor's own clean-up must not run in a part.
        os._exit(status)


def _spawn(part: Part) -> int:
    return subprocess.Popen([sys.executable, "-P", "-m", "hearth", part.command], process_group=0).pid


def _ended(part: Part) -> int | None:
    if not part.pid:
        return None
    try:
        pid, status = os.waitpid(part.pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return status if pid else None


def _tell(parts: Sequence[Part], number: signal.Signals) -> None:
    for part in parts:
        if not part.pid:
            continue
        try:
            # To end a part is to end what it started, so the last signal goes to its whole group.
            os.killpg(part.pid, number) if number == signal.SIGKILL else os.kill(part.pid, number)
        except ProcessLookupError:
            part.pid = 0


def _cause(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit code {code}"
