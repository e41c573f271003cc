"""Live updates on a real server: who waits on an open line hears of what another process changed."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hearth.config import live
from hearth.config.web import STOP_WITHIN
from tests.config.live_server import KEY, Site, shared_by_processes

SOON = 2.0


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
    with shared_by_processes(tmp_path_factory.mktemp("live")) as shared:
        yield shared


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
