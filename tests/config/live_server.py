"""A live site in processes of its own, which a test can stop and start again at the same address."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests.config.test_bridge import free_port

ROOT = Path(__file__).resolve().parents[2]
KEY = "workshop:1"


@contextmanager
def shared_by_processes(folder: Path) -> Iterator[dict[str, str]]:
    """Yield what the server and the process that touches share: a data folder, or the database of this run of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEARTH_", "DJANGO_"))}
    kept |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HEARTH_DATA_DIR": str(folder)}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["HEARTH_DATABASE_URL"])
        kept["HEARTH_DATABASE_URL"] = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    site = Site(kept)
    site.run("prepare")
    yield kept
    site.run("prepare")


@dataclass
class Site:
    """A server that can be stopped and started again at the same address."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)

    @contextmanager
    def open(self, processes: int = 1) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "tests.config.live_site", str(self.port), str(processes)]
        log = Path(self.environment["HEARTH_DATA_DIR"]) / f"log-{self.port}"
        with log.open("wb") as told:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=told)
        try:
            # A process that is still loading does not hear that it should stop: wait for each.
            for _ in range(200):
                if log.read_text().count(" runtime-1") == processes:
                    break
                time.sleep(0.1)
            yield server
        finally:
            server.terminate()
            server.wait(20)

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "tests.config.live_site", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def touch(self, key: str = KEY) -> int:
        """Raise the number in a process of its own; return it."""
        return int(self.run("touch", key))

    def waiting(self) -> int:
        """Return how many lines the one server process holds."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request("GET", "/waiting")
        return int(line.getresponse().read())
