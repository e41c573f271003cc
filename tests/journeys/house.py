"""A whole Hearth for journeys and pictures: `hearth up` in processes of its own, with the sample network, gone afterwards.

Nothing of it is pretended: the web server, the worker, the mail listener and the static files are those of every start.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.error import URLError
from urllib.request import urlopen

from hearth.config.cli.source import ROOT, child_environment

OPEN_WITHIN = 180


@dataclass(frozen=True)
class House:
    """Where a running Hearth is found."""

    url: str
    mail_port: int
    log: Path


@contextmanager
def open_house(database_url: str = "", *, empty: bool = False, **chosen: str) -> Iterator[House]:
    """Start Hearth with the sample network, or empty, in a folder of its own; stop and remove all of it afterwards.

    database_url: a PostgreSQL server, on which it gets a database of its own; empty means SQLite. chosen: further settings.
    """
    with tempfile.TemporaryDirectory(prefix="hearth-house-") as folder, _database(database_url) as address:
        port, mail_port = _free_ports()
        house = House(f"http://127.0.0.1:{port}", mail_port, Path(folder) / "log")
        environment = child_environment(
            HEARTH_DATABASE_URL=address,
            HEARTH_MAIL_LISTEN_PORT=str(mail_port),
            HEARTH_WEB_WORKERS="1",
            HEARTH_LOG_LEVEL="WARNING",
            DJANGO_SETTINGS_MODULE="hearth.config.settings",
            **chosen,
        )
        command = [sys.executable, "-m", "hearth", "up", "--port", str(port), "--data", f"{folder}/data"]
        command += ["--empty"] if empty else []
        with house.log.open("wb") as log:
            # A group of its own: Ctrl-C reaches the tests first, and they stop the house.
            tree = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, process_group=0
            )
        try:
            _wait_until_open(house, tree)
            yield house
        finally:
            tree.send_signal(signal.SIGINT)
            tree.wait(60)


def _wait_until_open(house: House, tree: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + OPEN_WITHIN
    while not _answers(house):
        if tree.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Hearth did not open:\n{house.log.read_text()}")
        time.sleep(0.2)


def _answers(house: House) -> bool:
    try:
        urlopen(f"{house.url}/help/", timeout=10).close()
        socket.create_connection(("127.0.0.1", house.mail_port), timeout=5).close()
    except (URLError, OSError):
        return False
    return True


def _free_ports() -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Yield the address of an empty database on this server; it is gone afterwards."""
    if not server:
        yield ""
        return
    import psycopg

    name = f"house_{token_hex(4)}"
    before, mark, after = server.partition("?")
    address = before.rsplit("/", 1)[0] + f"/{name}{mark}{after}"
    plain = server.replace("postgres://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield address
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def cast() -> dict[str, str]:
    """Return the name of everybody in the sample network by e-mail address."""
    folder = ROOT / "src" / "hearth" / "setup" / "sample" / "communities"
    people = [one for file in folder.glob("*/people.json") for one in json.loads(file.read_text())["people"]]
    return {one["email"]: one["name"] for one in people if one["email"]}


def server_for_tests() -> str:
    """Return the database server on which the tests run; empty for SQLite."""
    return os.environ.get("HEARTH_DATABASE_URL", "")
