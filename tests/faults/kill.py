"""Kills the parts of a running Hearth with -9 while people are answering, then counts: `python -m tests.faults.kill`.

Members answer over HTTP from several threads. A line of theirs breaks now and then right after the form was sent, and it is
sent again, with the token it had, until an answer comes. Mails go to an SMTP server that counts them.
"""

import argparse
import json
import os
import platform
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiosmtpd.controller import Controller

from tests.faults.ledger import Ledger, count, let_leases_end, waiting

ROOT = Path(__file__).resolve().parents[2]
ANSWERED_WITHIN = 120


@dataclass
class Plan:
    """How much is done. drops: the share of forms after which the line breaks. waits: leases are waited for, not moved."""

    answers: int = 500
    kills: int = 50
    threads: int = 5
    people: int = 6
    topics: int = 4
    drops: float = 0.1
    tokens: bool = True
    waits: bool = False
    quiet_within: float = 900
    seed: int = 20261122


@dataclass
class Run:
    """What happened: texts that were accepted, mails that arrived, what was killed, and how long it took."""

    accepted: list[str] = field(default_factory=list)
    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    sent_again: int = 0
    broken_lines: int = 0
    seconds: float = 0.0
    quiet_after: float = 0.0
    ledger: Ledger | None = None

    @property
    def mails_again(self) -> int:
        """How many mails arrived a second time."""
        return sum(number - 1 for number in self.mails.values())


def run(plan: Plan, *, look: Callable[[Path, Run], None] = lambda file, done: None) -> Run:
    """Do it all on a fresh database in a folder of its own, and count. `look` is shown the database before it goes."""
    with tempfile.TemporaryDirectory(prefix="hearth-kill-") as folder, counting_server() as (port, mails):
        environment = _environment(Path(folder), port)
        _python(environment, "-m", "hearth", "prepare")
        place = json.loads(
            _python(environment, "-m", "tests.faults.seed", str(plan.people), str(plan.topics))
        )
        done, file = Run(mails=mails), Path(folder) / "hearth.sqlite3"
        with tree(environment) as supervisor:
            address = ("127.0.0.1", int(environment["HEARTH_PORT"]))
            _wait_for(address)
            began = time.monotonic()
            _answer_and_kill(plan, done, place, address, supervisor)
            done.seconds = time.monotonic() - began
            _wait_until_quiet(plan, file)
            done.quiet_after = time.monotonic() - began - done.seconds
        done.ledger = count(file, done.accepted, done.mails)
        look(file, done)
    return done


def _environment(folder: Path, smtp: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
    return kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "hearth.config.settings",
        "HEARTH_DATA_DIR": str(folder),
        "HEARTH_PORT": str(_free_port()),
        "HEARTH_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "HEARTH_MAIL_LISTEN_PORT": "0",
        "HEARTH_LOG_LEVEL": "ERROR",
        "HEARTH_WEB_THREADS": "2",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _python(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def counting_server() -> Iterator[tuple[int, Counter[tuple[str, str]]]]:
    """Run an SMTP server that takes everything and counts by receiver and Message-ID."""
    mails: Counter[tuple[str, str]] = Counter()

    class Door:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            found = re.search(rb"(?im)^Message-ID:\s*(<[^>]+>)", envelope.content)
            assert found, envelope.content[:500]
            mails[(envelope.rcpt_tos[0], found[1].decode())] += 1
            return "250 OK"

    controller = Controller(Door(), hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield controller.port, mails
    finally:
        controller.stop()


@contextmanager
def tree(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run web server and worker under the supervisor; stop them in order."""
    with tempfile.TemporaryFile() as said:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.tree"], env=environment, cwd=ROOT, stdout=said, stderr=said
        )
        try:
            yield supervisor
            assert supervisor.poll() is None, "The supervisor itself has ended."
        finally:
            supervisor.send_signal(signal.SIGTERM)
            supervisor.wait(30)
            said.seek(0)
            if trouble := re.findall(rb"(?m)^\w*(?:Error|Exception)\b.*", said.read()):
                print("Said by the parts:", Counter(trouble).most_common(8), file=sys.stderr)


def _wait_for(address: tuple[str, int]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(address, 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not start.")


def _answer_and_kill(
    plan: Plan,
    done: Run,
    place: dict[str, Any],
    address: tuple[str, int],
    supervisor: subprocess.Popen[bytes],
) -> None:
    chance = random.Random(plan.seed)
    texts = iter([f"Answer {number} {secrets.token_hex(6)}" for number in range(plan.answers)])
    lock, failed = threading.Lock(), []
    people = [
        Writer(plan, done, address, place["cookie"], session, random.Random(chance.random()), lock)
        for session in place["sessions"]
    ]

    def write(own: list[Writer], luck: random.Random) -> None:
        try:
            while (text := _next(texts, lock)) is not None:
                luck.choice(own).answer(luck.choice(place["topics"]), text)
        except BaseException as error:
            failed.append(error)
            raise

    # Each person writes from one thread only, as a person does.
    own = [people[place :: plan.threads] for place in range(plan.threads)]
    threads = [
        threading.Thread(target=write, args=(some, random.Random(chance.random()))) for some in own if some
    ]
    for thread in threads:
        thread.start()
    moments = sorted(chance.randrange(plan.answers) for _ in range(plan.kills))
    while any(thread.is_alive() for thread in threads):
        while moments and len(done.accepted) >= moments[0]:
            moments.pop(0)
            time.sleep(chance.random() * 0.3)
            done.killed[_kill_one(supervisor.pid, chance)] += 1
        time.sleep(0.01)
    if failed:
        raise failed[0]


def _next(texts: Iterator[str], lock: threading.Lock) -> str | None:
    with lock:
        return next(texts, None)


def _kill_one(supervisor: int, chance: random.Random) -> str:
    """Kill the worker, one of the web server's processes, or the web server itself; say which."""
    while True:
        parts = _children(supervisor)
        servers = [(part, children) for part in parts if (children := _children(part))]
        workers = [part for part in parts if not _children(part)]
        wanted = chance.choices(["worker", "web process", "web server"], [4, 4, 2])[0]
        choice = {
            "worker": workers,
            "web process": [child for _part, children in servers for child in children],
            "web server": [part for part, _children_of in servers],
        }[wanted]
        try:
            os.kill(chance.choice(choice), signal.SIGKILL)
            return wanted
        except (IndexError, ProcessLookupError):
            time.sleep(0.05)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@dataclass
class Writer:
    """One member's browser. Keeps at it until the answer is accepted."""

    plan: Plan
    done: Run
    address: tuple[str, int]
    cookie: str
    session: str
    luck: random.Random
    lock: threading.Lock
    csrf: str = ""
    last: str = ""

    def answer(self, topic: str, text: str) -> None:
        """Open the topic, send the answer, again and again with the same form until it is accepted."""
        form = self._form(topic)
        form["text"] = text
        if not self.plan.tokens:
            form["form_token"] = ""
        deadline = time.monotonic() + ANSWERED_WITHIN
        tries = 0
        while not self._sent(f"{topic}answer/", form):
            tries += 1
            if time.monotonic() > deadline:
                raise AssertionError(f"Not accepted within {ANSWERED_WITHIN} s (last: {self.last}): {text}")
            time.sleep(0.1)
        with self.lock:
            self.done.accepted.append(text)
            self.done.sent_again += tries

    def _form(self, topic: str) -> dict[str, str]:
        deadline = time.monotonic() + ANSWERED_WITHIN
        while time.monotonic() < deadline:
            found = self._ask("GET", topic)
            if found and found[0] == 200:
                fields = {
                    name: re.search(rf'name="{name}"\s+value="([^"]*)"', found[1])
                    for name in ("csrfmiddlewaretoken", "form_token")
                }
                assert all(fields.values()), found[1]
                return {name: match[1] for name, match in fields.items() if match}
            time.sleep(0.1)
        raise AssertionError(f"The topic was not shown within {ANSWERED_WITHIN} s (last: {self.last}).")

    def _sent(self, path: str, form: dict[str, str]) -> bool:
        breaks = self.luck.random() < self.plan.drops
        found = self._ask("POST", path, urlencode(form), breaks=breaks)
        if found and found[0] not in {302, 429, 500, 502, 503}:
            raise AssertionError(f"{found[0]} for an answer: {found[1][:2000]}")
        return bool(found) and found[0] == 302

    def _ask(
        self, method: str, path: str, body: str | None = None, *, breaks: bool = False
    ) -> tuple[int, str] | None:
        line = HTTPConnection(*self.address, timeout=30)
        cookies = f"{self.cookie}={self.session}" + (f"; csrf={self.csrf}" if self.csrf else "")
        head = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body, head)
            if breaks:
                # Long enough for the server to have begun, too short to hear of it.
                time.sleep(self.luck.random() * 0.05)
                with self.lock:
                    self.done.broken_lines += 1
                return None
            response = line.getresponse()
            text = response.read().decode()
            for said in response.headers.get_all("Set-Cookie", []):
                if said.startswith("csrf="):
                    self.csrf = said[5:].partition(";")[0]
            self.last = f"{response.status} {text[:200]}"
            return response.status, text
        except (OSError, HTTPException) as error:
            self.last = repr(error)
            return None
        finally:
            line.close()


def _wait_until_quiet(plan: Plan, file: Path) -> None:
    deadline = time.monotonic() + plan.quiet_within
    while (left := waiting(file)) and time.monotonic() < deadline:
        if not plan.waits:
            let_leases_end(file)
        time.sleep(2)
    if left:
        print(f"{left} pieces of work are still waiting.", file=sys.stderr)


def report(plan: Plan, done: Run) -> str:
    """Return what happened as lines of a table."""
    assert done.ledger
    lines = {
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, SQLite",
        "asked for": f"{plan.answers} answers by {plan.people} members from {plan.threads} threads in {plan.topics} topics",
        "killed with -9": ", ".join(f"{number} x {what}" for what, number in sorted(done.killed.items()))
        or "nothing",
        "lines broken after sending": str(done.broken_lines),
        "forms sent again": str(done.sent_again),
        "seconds of answering": f"{done.seconds:.0f}",
        "seconds until quiet": f"{done.quiet_after:.0f}",
        "mails that came twice (same Message-ID)": f"{done.mails_again}, at most one a killed worker is allowed",
    } | {name.replace("_", " "): str(value) for name, value in asdict(done.ledger).items()}
    width = max(map(len, lines))
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in lines.items())


def is_as_promised(done: Run) -> bool:
    """Say whether nothing was lost or doubled, and no more mails came twice than workers were killed."""
    return done.ledger is not None and not done.ledger.faults() and done.mails_again <= done.killed["worker"]


def main() -> None:
    """Run as asked, print the ledger, and end with 1 when a promise is broken."""
    wanted = argparse.ArgumentParser(description="Kill the parts of Hearth while people answer, then count.")
    for name in ("answers", "kills", "threads", "people", "topics", "seed"):
        wanted.add_argument(f"--{name}", type=int, default=getattr(Plan, name))
    wanted.add_argument(
        "--drops", type=float, default=Plan.drops, help="share of lines that break after sending"
    )
    wanted.add_argument(
        "--no-tokens", dest="tokens", action="store_false", help="the control: doubles must appear"
    )
    wanted.add_argument("--waits", action="store_true", help="wait for leases to end instead of moving them")
    plan = Plan(**vars(wanted.parse_args()))
    done = run(plan)
    print(report(plan, done))
    sys.exit(0 if is_as_promised(done) else 1)


if __name__ == "__main__":
    main()
