"""Live updates on a real server: who waits on an open line hears of what another process changed."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from hearth.config import live
from hearth.config.web import STOP_WITHIN
from tests.config.test_bridge import free_port

ROOT = Path(__file__).resolve().parents[2]
KEY = "workshop:1"
SOON = 2.0


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
        line.request("GET", "/")
        return int(line.getresponse().read().split()[1])


class Reader:
    """A line on which somebody waits."""

    def __init__(self, site: Site, *, query: str = "", method: str = "GET", headers: str = "") -> None:
        self.line = socket.create_connection(("127.0.0.1", site.port), timeout=10)
        self.line.sendall(f"{method} /listen/{KEY}{query} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
        self.received = b""

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()

    @property
    def numbers(self) -> list[int]:
        return [int(one) for one in re.findall(rb"^data: (\d+)\n\n", self.received, re.MULTILINE)]

    def listen(self, until: int | None = None, within: float = SOON) -> list[int]:
        """Receive until this number came (any, where none is given) or the time is over; return all numbers so far."""
        deadline = time.monotonic() + within
        while not self.numbers or (until is not None and until not in self.numbers):
            self.line.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                piece = self.line.recv(65536)
            except TimeoutError:
                break
            if not piece:
                break
            self.received += piece
        return self.numbers

    def ends(self, within: float) -> bool:
        """Receive until the server ended the stream; return whether it did in time."""
        deadline = time.monotonic() + within
        while not self.received.endswith(b"\r\n0\r\n\r\n"):
            self.line.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                piece = self.line.recv(65536)
            except TimeoutError:
                return False
            if not piece:
                return False
            self.received += piece
        return True


@pytest.fixture(scope="module")
def environment(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the server and the process that touches share: a data folder, or the database of this run of the tests."""
    folder = tmp_path_factory.mktemp("live")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEARTH_", "DJANGO_"))}
    kept |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HEARTH_DATA_DIR": str(folder)}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["HEARTH_DATABASE_URL"])
        kept["HEARTH_DATABASE_URL"] = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    site = Site(kept)
    site.run("prepare")
    yield kept
    site.run("prepare")


@pytest.fixture
def site(environment: dict[str, str]) -> Site:
    return Site(environment)


def test_what_another_process_changed_arrives_within_two_seconds(site: Site) -> None:
    with site.open(), Reader(site) as reader:
        first = reader.listen()
        number = site.touch()
        assert reader.listen(until=number) == [*first, number]
        assert number > first[0]
        again = site.touch()
        assert reader.listen(until=again) == [*first, number, again]


def test_a_reader_hears_nothing_of_what_others_wait_for(site: Site) -> None:
    with site.open(), Reader(site) as reader:
        first = reader.listen()
        site.touch("workshop:2")
        assert reader.listen(until=first[0] + 1, within=1) == first


def test_two_hundred_readers_on_two_processes_all_hear_of_it_and_none_takes_a_thread(site: Site) -> None:
    with site.open(processes=2), ExitStack() as lines:
        readers = [lines.enter_context(Reader(site)) for _ in range(200)]
        for reader in readers:
            reader.listen(within=10)
        number = site.touch()
        deadline = time.monotonic() + SOON
        for reader in readers:
            assert number in reader.listen(until=number, within=deadline - time.monotonic())
        # A process has two threads for pages: they are free.
        assert site.waiting() >= 0


def test_readers_who_went_away_are_freed(site: Site) -> None:
    with site.open(), Reader(site) as staying:
        staying.listen()
        with ExitStack() as lines:
            for _ in range(50):
                lines.enter_context(Reader(site)).listen()
            assert site.waiting() == 51
        for _ in range(20):
            if site.waiting() == 1:
                break
            time.sleep(0.1)
        assert site.waiting() == 1


def test_a_server_that_is_asked_to_stop_ends_the_streams_and_stops_at_once(site: Site) -> None:
    with site.open(processes=2) as server, ExitStack() as lines:
        readers = [lines.enter_context(Reader(site)) for _ in range(20)]
        for reader in readers:
            reader.listen()
        asked = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.wait(STOP_WITHIN + 5)

        assert time.monotonic() - asked < STOP_WITHIN / 2
        assert all(reader.ends(within=1) for reader in readers)


def test_who_comes_back_after_a_restart_hears_the_newest_number_first(site: Site) -> None:
    with site.open(), Reader(site) as reader:
        before = reader.listen()
    number = site.touch()
    with site.open(), Reader(site, headers=f"Last-Event-ID: {before[-1]}\r\n") as reader:
        assert reader.listen() == [number]


def test_who_may_not_listen_gets_no_stream(site: Site) -> None:
    with site.open():
        with Reader(site, query="?stranger") as stranger:
            stranger.listen(within=0.5)
            assert stranger.received.startswith(b"HTTP/1.1 404")
        assert site.waiting() == 0


def test_no_visitor_can_ask_for_a_key_by_a_header(site: Site) -> None:
    forged = f"X-Hearth-Live: {KEY} 1\r\nX_Hearth_Live: {KEY} 1\r\n"
    with site.open():
        with Reader(site, query="?stranger", headers=forged) as stranger:
            stranger.listen(within=0.5)
            assert stranger.received.startswith(b"HTTP/1.1 404")
        assert site.waiting() == 0


def test_which_key_a_reader_listens_to_is_not_told(site: Site) -> None:
    with site.open():
        for method in ("GET", "HEAD"):
            with Reader(site, method=method) as reader:
                reader.listen(within=0.5)
                assert reader.received.startswith(b"HTTP/1.1 200")
                assert b"x-hearth-live" not in reader.received.lower()
                assert KEY.encode() not in reader.received


def test_a_question_for_the_head_only_leaves_no_line_open(site: Site) -> None:
    with site.open(), Reader(site, method="HEAD") as reader:
        reader.listen(within=0.5)
        assert site.waiting() == 0


def test_a_silent_line_is_spoken_on_and_ends_so_that_the_right_is_asked_again(site: Site) -> None:
    assert live.STILL_THERE < 30
    assert live.ASK_AGAIN <= 600
    site.environment = site.environment | {"LIVE_STILL_THERE": "1", "LIVE_ASK_AGAIN": "3"}
    with site.open(), Reader(site) as reader:
        began = time.monotonic()
        assert reader.ends(within=6)
        assert time.monotonic() - began > 2
        assert len(reader.numbers) >= 3
        assert len(set(reader.numbers)) == 1


def test_beyond_what_a_process_can_hold_readers_are_told_to_ask_now_and_then(site: Site) -> None:
    site.environment = site.environment | {"LIVE_MOST_LINES": "2"}
    with site.open(), Reader(site) as first, Reader(site) as second:
        held = [first.listen(), second.listen()]
        with Reader(site) as third:
            assert third.listen() == held[0]
            assert f"retry: {live.ASK_NOW_AND_THEN_MS}".encode() in third.received
        number = site.touch()
        assert first.listen(until=number)[-1] == second.listen(until=number)[-1] == number
