import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hearth.config import bridge
from tests.config.echo_site import BIG

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    yield from running()


@pytest.fixture(scope="module")
def site_behind_proxy() -> Iterator[int]:
    yield from running("--proxy")


def running(*arguments: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "tests.config.echo_site", str(port), *arguments]
    server = subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"})
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port
    server.terminate()
    server.wait(15)


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    return answer.status, answer.read()


def seen(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> dict[str, str]:
    return json.loads(ask(port, method, path, body, **headers)[1])


def test_a_page_sees_path_query_and_body_as_they_were_sent(site: int) -> None:
    page = seen(site, "POST", "/caf%C3%A9?q=a%20b", b"hello end")
    assert page["PATH_INFO"].encode("latin-1").decode() == "/café"
    assert page["QUERY_STRING"] == "q=a%20b"
    assert (page["body_length"], page["body_end"]) == (9, "end")


def test_a_body_larger_than_memory_allows_arrives_whole(site: int) -> None:
    body = b"y" * (bridge.BODY_IN_MEMORY * 3) + b"end"
    page = seen(site, "POST", "/", body)
    assert (page["body_length"], page["body_end"]) == (len(body), "end")


def test_a_body_sent_in_chunks_arrives_whole(site: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", site, timeout=10)
    line.request(
        "POST", "/", iter([b"one", b"two", b"end"]), {"Transfer-Encoding": "chunked"}, encode_chunked=True
    )
    page = json.loads(line.getresponse().read())
    assert (page["body_length"], page["body_end"]) == (9, "end")


def test_a_long_answer_arrives_whole(site: int) -> None:
    status, body = ask(site, "GET", "/big")
    assert (status, len(body)) == (200, BIG)


def test_two_cookies_stay_two(site: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", site, timeout=10)
    line.request("GET", "/cookies")
    assert line.getresponse().headers.get_all("set-cookie") == ["a=1", "b=2"]


def test_a_body_that_says_it_is_too_large_is_refused_at_once(site: int) -> None:
    with socket.create_connection(("127.0.0.1", site), timeout=10) as line:
        line.sendall(
            f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {bridge.LARGEST_BODY + 1}\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_header_with_an_underscore_cannot_pass_for_another(site: int) -> None:
    with socket.create_connection(("127.0.0.1", site), timeout=10) as line:
        line.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\nX_Secret: forged\r\nX-Secret: own\r\nConnection: close\r\n\r\n"
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b'"HTTP_X_SECRET": "own"' in answer
    assert b"forged" not in answer


def test_without_a_proxy_nobody_can_invent_an_address(site: int) -> None:
    assert seen(site, "GET", "/", X_Forwarded_For="1.2.3.4")["REMOTE_ADDR"] == "127.0.0.1"


def test_behind_a_proxy_the_address_that_the_proxy_wrote_counts(site_behind_proxy: int) -> None:
    page = seen(site_behind_proxy, "GET", "/", X_Forwarded_For="6.6.6.6, 1.2.3.4")
    assert page["REMOTE_ADDR"] == "1.2.3.4"


def test_slow_bodies_do_not_keep_others_from_their_pages(site: int) -> None:
    with ExitStack() as lines:
        # More than there are threads for pages, fewer than one address may have.
        for _ in range(bridge.BODIES_FROM_ONE_ADDRESS):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", site)))
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
        time.sleep(0.5)
        start = time.monotonic()
        assert ask(site, "GET", "/")[0] == 200
        assert time.monotonic() - start < bridge.FIRST_ALLOWANCE / 2
        assert ask(site, "POST", "/", b"one more from here")[0] == 429


def test_bodies_that_were_given_up_are_not_counted_against_an_address(site: int) -> None:
    for _ in range(bridge.BODIES_FROM_ONE_ADDRESS + 5):
        with socket.create_connection(("127.0.0.1", site)) as line:
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
    time.sleep(0.5)
    assert ask(site, "POST", "/", b"here")[0] == 200


def test_half_sent_headers_do_not_keep_others_from_their_pages_and_are_cut_off(site: int) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(socket.create_connection(("127.0.0.1", site))) for _ in range(300)]
        for line in slow:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert ask(site, "GET", "/")[0] == 200
        slow[0].settimeout(10)
        assert slow[0].recv(100) == b""


def test_a_broken_page_answers_500_and_the_site_goes_on(site: int) -> None:
    assert ask(site, "GET", "/broken")[0] == 500
    assert ask(site, "GET", "/")[0] == 200


def test_letters_of_any_alphabet_may_stand_bare_in_an_address(site: int) -> None:
    with socket.create_connection(("127.0.0.1", site), 10) as line:
        line.sendall("GET /п?q=€ж HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        with line.makefile("rb") as answer:
            told = json.loads(answer.read().partition(b"\r\n\r\n")[2])

    assert told["PATH_INFO"].encode("latin-1").decode() == "/п"
    assert told["QUERY_STRING"].encode("latin-1").decode() == "q=€ж"
