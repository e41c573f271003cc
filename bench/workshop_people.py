"""The people of a simulated workshop, each as a browser behaves: a line on which numbers come, parts fetched again, forms.

A form that got no answer is sent again as it was, with its token, until it is taken. As `ui/js/apart/live.js` does, a page
that hears of a higher number waits a random part of 0.7 s before it fetches its part.
"""

import asyncio
import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

SPREAD = 0.7
AGAIN = 0.3
GIVES_UP_AFTER = 90.0
TROUBLE = (OSError, asyncio.IncompleteReadError, EOFError, TimeoutError)
NUMBERS = {
    name: place
    for place, name in enumerate(
        ["arrive", "write", "read", "group", "feel", "ladder", "propose", "answer", "adopt"], 1
    )
}


@dataclass
class Said:
    """What people were told is kept: the words, by kind."""

    contributions: list[str] = field(default_factory=list)
    feelings: list[str] = field(default_factory=list)
    rungs: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@dataclass
class Counts:
    """What went wrong on the way, and was put right."""

    sent_again: int = 0
    cut_while_sending: int = 0
    lines_dropped: int = 0
    lines_reopened: int = 0
    fetches: int = 0


@dataclass
class Person:
    """One browser. `step` is the number of the step that its page shows; `seen` says when each was first shown."""

    name: str
    port: int
    cookie: str
    path: str
    said: Said
    counts: Counts
    luck: random.Random
    cuts: float = 0.0
    step: int = 0
    page: str = ""
    number: int = 0
    here: bool = True
    away_at: list[tuple[float, float]] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)
    csrf: str = ""
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    # The line

    async def listen(self) -> None:
        """Hold a line open and fetch the part whenever the number rises; for ever, whatever happens to the server."""
        while True:
            if not self.here:
                await asyncio.sleep(0.05)
                continue
            with suppress(*TROUBLE):
                await self._hear()
            self.counts.lines_reopened += 1
            await asyncio.sleep(AGAIN + self.luck.random() * AGAIN)

    async def _hear(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self._head("GET", "stream/", accept="text/event-stream"))
            await writer.drain()
            status = await asyncio.wait_for(reader.readline(), 30)
            if b" 200 " not in status:
                raise EOFError
            while self.here:
                line = await asyncio.wait_for(reader.readline(), 60)
                if not line:
                    raise EOFError
                if line.startswith(b"data:"):
                    heard = int(line[5:])
                    if heard > self.number or not self.page:
                        await asyncio.sleep(self.luck.random() * SPREAD)
                        if self.here:
                            await self.look(heard)
        finally:
            writer.close()

    async def look(self, heard: int = 0) -> None:
        """Fetch the part, and remember when a step was first seen."""
        status, body = await self._ask("GET", "part/")
        if status != 200:
            raise EOFError
        self.counts.fetches += 1
        found = re.search(r"Step (\d) of 9", body)
        if found:
            self.step = int(found[1])
            self.seen.setdefault(self.step, time.monotonic())
        self.number = max(self.number, heard)
        self.page = body
        async with self._changed:
            self._changed.notify_all()

    async def fetch(self) -> None:
        """Fetch the part without looking at it."""
        with suppress(*TROUBLE):
            await self._ask("GET", "part/")

    async def reach(self, step: str) -> None:
        """Wait until the page shows this step."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: self.step >= NUMBERS[step]), GIVES_UP_AFTER)

    # Forms

    async def send(self, path: str, form: dict[str, str]) -> None:
        """Send a form until it is taken."""
        body = dict(form)
        deadline = time.monotonic() + GIVES_UP_AFTER
        while time.monotonic() < deadline:
            body["csrfmiddlewaretoken"] = self.csrf
            try:
                if self.luck.random() < self.cuts:
                    await self._send_and_cut(path, body)
                    self.counts.cut_while_sending += 1
                    raise EOFError
                status, answer = await self._ask("POST", path, body)
                if status in {200, 204, 302}:
                    return
                if status not in {500, 502, 503, 504}:
                    raise AssertionError(f"{self.name}: {status} for {path}: {answer[:1500]}")
            except TROUBLE:
                pass
            self.counts.sent_again += 1
            await asyncio.sleep(AGAIN)
        raise AssertionError(f"{self.name}: {path} was not taken within {GIVES_UP_AFTER:.0f} s")

    async def open(self) -> None:
        """Open the page as a browser does, until it comes; it gives the token of the forms."""
        deadline = time.monotonic() + GIVES_UP_AFTER
        while time.monotonic() < deadline:
            try:
                status, body = await self._ask("GET", "")
                if status == 200:
                    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
                    assert found, body[:500]
                    self.csrf, self.page = found[1], body
                    return
            except TROUBLE:
                pass
            await asyncio.sleep(AGAIN)
        raise AssertionError(f"{self.name}: the page did not open")

    def token(self) -> str:
        """Return the token of a form, as each form of a page has one."""
        return f"{self.luck.getrandbits(100):x}"

    def handles(self, pattern: str) -> list[str]:
        """Return what the page names by this pattern."""
        return [unescape(one) for one in re.findall(pattern, self.page)]

    # HTTP

    async def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self._head(method, path, form))
            await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 30)
        finally:
            writer.close()
        head, mark, body = answer.partition(b"\r\n\r\n")
        if not mark:
            raise EOFError
        for given in re.findall(rb"(?im)^set-cookie: (csrf=[^;]+)", head):
            self._csrf_cookie = given.decode()
        return int(head[9:12]), body.decode(errors="replace")

    async def _send_and_cut(self, path: str, form: dict[str, str]) -> None:
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._head("POST", path, form))
        await writer.drain()
        await asyncio.sleep(self.luck.random() * 0.05)
        writer.transport.abort()

    _csrf_cookie: str = ""

    def _head(
        self, method: str, path: str, form: dict[str, str] | None = None, accept: str = "text/html"
    ) -> bytes:
        body = urlencode(form) if form is not None else ""
        cookies = "; ".join(filter(None, [self.cookie, self._csrf_cookie]))
        lines = [
            f"{method} {self.path}{path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Accept: {accept}",
            "Accept-Language: en",
            f"Cookie: {cookies}",
            "Connection: close",
        ]
        if form is not None:
            lines += [
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + f"\r\n\r\n{body}").encode()
