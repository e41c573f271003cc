"""What the measures share: a running Hearth with a synthetic community, its processes, their time and memory, the load."""

import json
import os
import platform
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from subprocess import PIPE
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 60
# As `hearth up` names them, in the order in which they are started.
PARTS = ("web", "worker", "mail listener")
# Kept through a power cut, as for real people; the server of the tests gives that up.
KEPT_FOR_REAL = ("max_connections=100", "listen_addresses=")

TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}

type Environment = dict[str, str]


@dataclass
class Running:
    """A server that runs. `pid`: the process from which all of its parts descend; `database`: PostgreSQL's, if any."""

    pid: int
    port: int
    environment: Environment = field(default_factory=dict)
    database: int = 0
    addresses: dict[str, Any] = field(default_factory=dict)

    def cpu(self) -> float:
        """Return the seconds of processor time that all processes have taken since their start."""
        return sum(cpu_of_tree(pid) for pid in (self.pid, self.database) if pid)

    def parts(self) -> dict[str, int]:
        """Return the process of each part of `hearth up`, by name."""
        return dict(zip(PARTS, sorted(children().get(self.pid, [])), strict=False))


def children() -> dict[int, list[int]]:
    """Return the children of every process."""
    found: dict[int, list[int]] = {}
    for pid in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()):
        fields = _stat(pid)
        if fields:
            found.setdefault(int(fields[1]), []).append(pid)
    return found


def tree(pid: int) -> list[int]:
    """Return a process and all of its descendants."""
    known, found = children(), [pid]
    for one in found:
        found += known.get(one, [])
    return found


def cpu_of_tree(pid: int) -> float:
    """Return the seconds of processor time of a process and its descendants, those that ended included."""
    return sum(sum(map(int, fields[11:15])) for one in tree(pid) if (fields := _stat(one))) / TICKS


def _stat(pid: int) -> list[str]:
    try:
        # The name in brackets may hold spaces; what follows it begins with the state.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def memory_of_tree(pid: int) -> float:
    """Return the proportional memory (PSS) of a process and its descendants in MB."""
    total = 0
    for one in tree(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


@contextmanager
def hearth(database: str) -> Iterator[Running]:
    """Fill a fresh database with the synthetic community and run everything on it as `hearth up` does."""
    # Asked to end, a bench stops what it has started before it goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        data = stack.enter_context(temporary_folder())
        port = free_port()
        environment = {
            "HEARTH_DATA_DIR": str(data),
            "HEARTH_PORT": str(port),
            "HEARTH_MAIL_LISTEN_PORT": str(free_port()),
            "HEARTH_SAMPLE_DOOR": "true",
            "HEARTH_LOG_LEVEL": "WARNING",
        }
        server = 0
        if database == "postgres":
            environment["HEARTH_DATABASE_URL"], server = stack.enter_context(postgres())
        python(["-m", "hearth", "prepare"], environment)
        addresses = json.loads(python(["-m", "bench.corpus", "fill"], environment))
        command = [sys.executable, "-P", "-m", "hearth", "up", "--empty"]
        process = stack.enter_context(running(command, environment, port))
        yield Running(process.pid, port, environment, server, addresses)


@contextmanager
def hello(*, plain: bool) -> Iterator[Running]:
    """Run the bare page behind Hearth's server; `plain`: behind granian's own WSGI, with as many processes and threads."""
    with temporary_folder() as data:
        port = free_port()
        environment = {
            "HEARTH_DATA_DIR": str(data),
            "HEARTH_PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "bench.hello",
        }
        command = [sys.executable, "-c", "from hearth.config.web import serve; serve()"]
        if plain:
            command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
            command += ["--workers", "2", "--blocking-threads", "4", "--http", "1", "--no-ws"]
            command += ["--log-level", "warning", "hearth.config.wsgi:application"]
        with running(command, environment, port) as process:
            yield Running(process.pid, port)


@contextmanager
def postgres() -> Iterator[tuple[str, int]]:
    """Run a PostgreSQL of its own; yield its address and its first process."""
    from tests import postgres as server

    vars(server)["FAST"] = KEPT_FOR_REAL
    with server.temporary_server() as address:
        folder = Path(address.partition("host=")[2])
        yield address, int((folder / "postmaster.pid").read_text().split()[0])


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder; remove it afterwards, even when a process that is ending still writes there."""
    folder = Path(tempfile.mkdtemp(prefix="hearth-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(command: Sequence[str], environment: Environment, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; come in once it answers on its port."""
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the server has ended
    process = subprocess.Popen(
        command, cwd=ROOT, env=settings(environment), stdout=log, stderr=log, process_group=0
    )
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise SystemExit(f"The server did not start.\n{log.read().decode()}")
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(environment: Environment) -> Environment:
    """Return the environment of a process of this bench: nothing that somebody chose for a Hearth of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]))
    ours = {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "hearth.config.settings"}
    return {**kept, **ours, "HEARTH_SECRET_KEY": "only-for-benchmarks-" + "k" * 40, **environment}


def python(arguments: Sequence[str], environment: Environment) -> str:
    """Run Python with Hearth on its path; return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=settings(environment), text=True, stdout=PIPE, check=True
    )
    return done.stdout


@dataclass
class Load:
    """What one load showed. cpu: milliseconds of all server processes a request; latencies in milliseconds, in order."""

    cpu: float
    latencies: list[float]
    rate: float
    statuses: dict[str, int]
    size: float

    def at(self, share: float) -> float:
        """Return the latency that this share of the requests did not exceed."""
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


def load(on: Running, requests: Sequence[Sequence[str]], total: int, *, first: int = 0) -> Load:
    """Send that many requests from a process of its own, one connection for each list of requests."""
    plan = {"port": on.port, "total": total, "connections": requests, "first": first}
    command = [sys.executable, str(ROOT / "bench" / "client.py")]
    client = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True)
    assert client.stdin is not None
    assert client.stdout is not None
    client.stdin.write(json.dumps(plan) + "\n")
    client.stdin.flush()
    # It says "ready" once it is connected.
    client.stdout.readline()
    before = on.cpu()
    seen = json.loads(client.communicate("go\n")[0])
    spent = on.cpu() - before
    latencies = sorted(1000 * one for one in seen["latencies"])
    return Load(
        1000 * spent / total, latencies, total / seen["seconds"], seen["statuses"], seen["bytes"] / total
    )


def machine() -> str:
    """Return what a figure depends on: machine, versions, and how busy it is at this moment."""
    processor = platform.machine()
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return (
        f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC; {os.cpu_count()} cores ({found[1] if found else processor}), "
        f"{platform.system()}; load {os.getloadavg()[0]:.1f} at the end; Python {platform.python_version()}, "
        f"Django {version('django')}, granian {version('granian')}, SQLite {sqlite3.sqlite_version}"
    )


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, and in brackets the lowest and the highest."""
    middle = statistics.median(values)
    return f"{middle:.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def keep(file: Path, head: str, title: str, section: str) -> None:
    """Put one database's section into a result file, in place of its former one."""
    former = re.search(r"^## .*", file.read_text(), re.MULTILINE | re.DOTALL) if file.exists() else None
    sections = re.sub(
        rf"^## {title}\n.*?(?=^## |\Z)", "", former[0] if former else "", flags=re.MULTILINE | re.DOTALL
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(filter(None, [head.strip(), sections.strip(), section.strip()])) + "\n")
