"""Lines on which readers wait for a number to rise (core/live.py): held by the event loop, without a thread for each.

While anybody waits, one thread asks the database every 0.3 s for all numbers at once; nobody waiting, nothing is asked.
"""

import asyncio
import logging
import random
import signal
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import Error, connections
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # re-exported without saying so

from hearth.core.live import HEADER, event, numbers

log = logging.getLogger(__name__)

type Headers = list[tuple[str, str]]

EVERY = 0.3
AFTER_TROUBLE = 2.0
# Proxies close a line that is silent for a minute, and a page that hears nothing for longer than this opens a new one.
STILL_THERE = 20
# Then the line ends and the browser asks again: whoever lost the right to listen hears nothing more.
ASK_AGAIN = 600
# More than these would take the connections that pages need (web.CONNECTIONS_PER_PROCESS): they ask now and then instead.
MOST_LINES = 6000
# Below the ten seconds after which a page says that it is not connected (ui/js/apart/live.js).
ASK_NOW_AND_THEN_MS = 8_000


@dataclass(slots=True, eq=False)
class Line:
    """One reader who waits."""

    out: Any
    task: "asyncio.Task[Any]"
    told: int
    speaks_at: float
    ends_at: float

    def say(self, number: int, now: float, *, first: str = "") -> None:
        """Send the number, and before it what comes first; a line that is closed ends."""
        self.told, self.speaks_at = number, now + STILL_THERE
        try:
            # Handed over at once and without waiting (granian's answer is awaitable, but done): a line that takes nothing
            # in holds up no other, and what it can pile up is bounded by ASK_AGAIN.
            self.out.send_str(first + event(number))
        except ProtocolClosed:
            self.task.cancel()


class Lines:
    """All lines of one server process."""

    def __init__(self, read: Callable[[Collection[str]], dict[str, int]] = numbers) -> None:
        self._read = read
        self._lines: dict[str, set[Line]] = {}
        self._count = 0
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._watching: asyncio.Task[None] | None = None
        self._ending = False

    def __len__(self) -> int:
        return self._count

    @staticmethod
    def asked_in(headers: Headers) -> tuple[str, Headers]:
        """Return what a view asked for with the header of `core.live.stream` ("" if nothing), and the other headers."""
        asked = [value for name, value in headers if name == HEADER]
        return asked[0] if asked else "", [one for one in headers if one[0] != HEADER] if asked else headers

    def end_with(self, loop: asyncio.AbstractEventLoop) -> None:
        """End all lines when this process is asked to stop, so that the server has nothing to wait for."""

        def asked(*_: object) -> None:
            loop.call_soon_threadsafe(self.end)

        # The server listens to the same signals through the loop, which hears of them by a file descriptor of its own; what
        # stands here beside it does nothing until now.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, asked)

    def end(self) -> None:
        """End all lines, and open no more."""
        self._ending = True
        for line in [line for lines in self._lines.values() for line in lines]:
            line.task.cancel()

    async def answer(self, proto: Any, headers: Headers, asked: str) -> None:
        """Answer with a line that stays open. `asked` is the value of the header that a view of ours set."""
        key, _, current = asked.partition(" ")
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        if self._ending or self._count >= MOST_LINES:
            proto.response_str(200, headers, f"retry: {ASK_NOW_AND_THEN_MS}\n{event(int(current))}")
            return
        out = proto.response_stream(200, headers)
        await self._hold(proto, out, key, int(current))

    async def _hold(self, proto: Any, out: Any, key: str, current: int) -> None:
        task, now = asyncio.current_task(), asyncio.get_running_loop().time()
        assert task is not None
        spread = random.uniform(0.8, 1)  # noqa: S311
        line = Line(out, task, current, now + STILL_THERE * spread, now + ASK_AGAIN * spread)
        # After a restart all come back: the more there are, the longer they spread over.
        back_within = 500 + random.randrange(min(7500, max(1000, 2 * self._count)))  # noqa: S311
        self._add(key, line)
        try:
            line.say(current, now, first=f"retry: {back_within}\n")
            await proto.client_disconnect()
        except asyncio.CancelledError:
            # By `Line.say`, by `_tell` or by `end`: this line is over, and nothing else runs in its task.
            return
        finally:
            self._remove(key, line)

    def _add(self, key: str, line: Line) -> None:
        self._lines.setdefault(key, set()).add(line)
        self._count += 1
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    def _remove(self, key: str, line: Line) -> None:
        self._count -= 1
        self._lines[key].discard(line)
        if not self._lines[key]:
            del self._lines[key]

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while self._lines:
            await asyncio.sleep(EVERY)
            try:
                found = await loop.run_in_executor(self._reader, self._read_or_close, list(self._lines))
                self._tell(found, loop.time())
            except Exception:
                # Whatever it is: those who wait must not go deaf for it.
                log.exception("The numbers of open pages could not be read or told; trying again.")
                await asyncio.sleep(AFTER_TROUBLE)
        self._watching = None
        await loop.run_in_executor(self._reader, connections.close_all)

    def _read_or_close(self, keys: list[str]) -> dict[str, int]:
        try:
            return self._read(keys)
        except Error:
            connections.close_all()
            raise

    def _tell(self, found: dict[str, int], now: float) -> None:
        for key, lines in self._lines.items():
            number = found.get(key, 0)
            for line in lines:
                if number > line.told or now >= line.speaks_at:
                    line.say(max(number, line.told), now)
                if now >= line.ends_at:
                    line.task.cancel()
