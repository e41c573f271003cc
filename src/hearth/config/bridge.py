"""Takes requests from the server's event loop to the pages (WSGI), without ever giving a thread to a slow line.

The server's own WSGI mode reads the body in the thread that runs the page, so five people on bad lines stopped the site
(fault 27 of the design's fault list). Here a body is first taken in whole by the event loop, within limits; only then does
one of the few threads run the page.
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hearth.config.live import Lines

log = logging.getLogger(__name__)

type Headers = list[tuple[str, str]]
type Environ = dict[str, Any]

# An honest line brings at least this many bytes a second, after a first allowance in seconds.
SLOWEST_LINE = 16_000
FIRST_ALLOWANCE = 20
LARGEST_BODY = 48 * 1024 * 1024
BODIES_FROM_ONE_ADDRESS = 20
BODY_IN_MEMORY = 1024 * 1024
PAGES_WAITING_PER_THREAD = 64
# Pages of one process share one interpreter: run side by side they only take it out of each other's hands, a quarter of all
# processor time. So each begins when the one before it is done, or after this long: then that one waits for something.
SEEMS_TO_WAIT = 0.03
# A page up to this size is sent in one piece; a longer answer (a file) follows piece by piece.
PIECE = 256 * 1024
NOT_IN_HTTP_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Refused(Exception):
    """The request is not taken in; holds the status of the answer."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass
class Answer:
    """What a page gave: the first piece, and the rest when there is one."""

    status: int
    headers: Headers
    first: bytes
    rest: Iterator[bytes] | None
    close: Callable[[], None]


class Bridge:
    """The callable that the server's event loop runs for each request (RSGI)."""

    def __init__(
        self, pages: Callable[..., Any], *, threads: int, behind_proxy: bool, lines: "Lines | None" = None
    ) -> None:
        self._pages = pages
        self._lines = lines
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._most_waiting = threads * PAGES_WAITING_PER_THREAD
        self._waiting = 0
        self._turn = asyncio.Semaphore(1)
        self._receiving: Counter[str] = Counter()
        self._behind_proxy = behind_proxy

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server calls this once, before its first request."""
        if self._lines is not None:
            self._lines.end_with(loop)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        if scope.proto != "http":
            proto.close(403)
            return
        waits = None
        try:
            with await self._body(scope, proto) as body:
                waits = await self._answer(scope, proto, body)
        except Refused as refused:
            proto.response_str(
                refused.status, [("content-type", "text/plain"), ("connection", "close")], refused.words
            )
        if waits is not None:
            # Out here, so that a line which stays open keeps nothing of its request.
            await waits

    async def _body(self, scope: Any, proto: Any) -> IO[bytes]:
        length = scope.headers.get("content-length")
        if length in {None, "0"} and "transfer-encoding" not in scope.headers:
            return io.BytesIO()
        if length and (not length.isdigit() or int(length) > LARGEST_BODY):
            raise Refused(413, "This is too large to be taken in.")
        address = _address(scope, behind_proxy=self._behind_proxy)
        if self._receiving[address] >= BODIES_FROM_ONE_ADDRESS:
            raise Refused(
                429, "Too much is being sent from your address at once. Wait a minute, then send again."
            )
        self._receiving[address] += 1
        try:
            return await _take_in(proto)
        finally:
            self._receiving[address] -= 1
            self._receiving += Counter()

    async def _answer(self, scope: Any, proto: Any, body: IO[bytes]) -> Coroutine[Any, Any, None] | None:
        if self._waiting >= self._most_waiting:
            raise Refused(503, "Very many people are here at this moment. Wait a minute, then try again.")
        loop = asyncio.get_running_loop()
        environ = _environ(scope, body, behind_proxy=self._behind_proxy)
        self._waiting += 1
        try:
            answer = await self._in_turn(loop, environ)
        finally:
            self._waiting -= 1
        if self._lines is not None:
            asked, answer.headers = self._lines.asked_in(answer.headers)
            if asked and scope.method == "GET" and answer.status == 200:
                return self._lines.answer(proto, answer.headers, asked)
        if answer.rest is None:
            proto.response_bytes(answer.status, answer.headers, answer.first)
        else:
            await self._send_pieces(proto, answer)
        return None

    async def _in_turn(self, loop: asyncio.AbstractEventLoop, environ: Environ) -> Answer:
        await self._turn.acquire()
        turn = [self._turn]

        def pass_on() -> None:
            if turn:
                turn.pop().release()

        sooner = loop.call_later(SEEMS_TO_WAIT, pass_on)
        try:
            return await loop.run_in_executor(self._threads, self._run, environ)
        finally:
            sooner.cancel()
            pass_on()

    def _run(self, environ: Environ) -> Answer:
        status, headers = 500, []

        def start_response(line: str, fields: Headers, exc_info: object = None) -> None:
            nonlocal status, headers
            status, headers = int(line[:3]), fields

        page = self._pages(environ, start_response)
        close = getattr(page, "close", lambda: None)
        try:
            pieces = iter(page)
            first = _piece(pieces)
            more = next(pieces, None) if len(first) >= PIECE else None
        except BaseException:
            close()
            raise
        if more is None:
            close()
            return Answer(status, headers, first, None, close)
        return Answer(status, headers, first, chain([more], pieces), close)

    async def _send_pieces(self, proto: Any, answer: Answer) -> None:
        assert answer.rest is not None
        loop = asyncio.get_running_loop()
        try:
            out = proto.response_stream(answer.status, answer.headers)
            piece = answer.first
            while piece:
                await out.send_bytes(piece)
                piece = await loop.run_in_executor(self._threads, _piece, answer.rest)
        finally:
            # In a thread of the pages: closing ends the database's turn of that request.
            await loop.run_in_executor(self._threads, answer.close)


async def _take_in(proto: Any) -> IO[bytes]:
    loop = asyncio.get_running_loop()
    began, received = loop.time(), 0
    body = tempfile.SpooledTemporaryFile(BODY_IN_MEMORY)  # noqa: SIM115 – closed by the caller's `with`
    try:
        async with asyncio.timeout(FIRST_ALLOWANCE) as limit:
            async for chunk in proto:
                received += len(chunk)
                if received > LARGEST_BODY:
                    raise Refused(413, "This is too large to be taken in.")
                body.write(chunk)
                limit.reschedule(began + FIRST_ALLOWANCE + received / SLOWEST_LINE)
    except TimeoutError:
        body.close()
        raise Refused(408, "It took too long to arrive. Nothing was kept; send it again.") from None
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def _piece(pieces: Iterator[bytes]) -> bytes:
    parts, size = [], 0
    for part in pieces:
        parts.append(part)
        size += len(part)
        if size >= PIECE:
            break
    return b"".join(parts)


def _environ(scope: Any, body: IO[bytes], *, behind_proxy: bool) -> Environ:
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of both as if they were Latin-1 (PEP 3333).
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope, behind_proxy=behind_proxy),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # With an underscore it could pass for another header: X_Forwarded_For for X-Forwarded-For.
        if "_" not in name:
            _add(environ, name, value)
    return environ


def _add(environ: Environ, name: str, value: str) -> None:
    key = NOT_IN_HTTP_PREFIX.get(name) or "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value


def _address(scope: Any, *, behind_proxy: bool) -> str:
    """The last forwarded address is the one that our own proxy wrote; those before it anyone can invent."""
    forwarded = scope.headers.get_all("x-forwarded-for") if behind_proxy else []
    if forwarded:
        return str(forwarded[-1].rpartition(",")[2].strip())
    return str(scope.client.rpartition(":")[0].strip("[]"))
