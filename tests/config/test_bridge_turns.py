"""Pages of one process take turns: side by side they would only slow each other down. One that waits holds up nobody."""

import asyncio
import io
import time
from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import Any

from hearth.config.bridge import SEEMS_TO_WAIT, Bridge


class Site:
    """Pages that count how many of them run at once; `/waits` ends when it is told to."""

    def __init__(self) -> None:
        self.go_on, self.most, self._running, self._lock = Event(), 0, 0, Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._lock:
            self._running += 1
            self.most = max(self.most, self._running)
        if environ["PATH_INFO"] == "/waits":
            self.go_on.wait(10)
        else:
            time.sleep(SEEMS_TO_WAIT / 30)
        with self._lock:
            self._running -= 1
        if environ["PATH_INFO"] == "/broken":
            raise RuntimeError("this page is broken")
        start_response("200 OK", [])
        return [b"done"]


def page(path: str) -> dict[str, Any]:
    return {"PATH_INFO": path, "wsgi.input": io.BytesIO()}


def asked(bridge: Bridge, *paths: str) -> "asyncio.Future[list[Any]]":
    loop = asyncio.get_running_loop()
    return asyncio.gather(*(bridge._in_turn(loop, page(path)) for path in paths), return_exceptions=True)


def test_quick_pages_run_one_after_the_other() -> None:
    async def day() -> list[Any]:
        return await asked(Bridge(site, threads=4, behind_proxy=False), *["/"] * 20)

    site = Site()
    assert [answer.status for answer in asyncio.run(day())] == [200] * 20
    assert site.most == 1


def test_a_page_that_waits_lets_the_others_begin() -> None:
    async def day() -> bool:
        bridge = Bridge(site, threads=4, behind_proxy=False)
        slow = asked(bridge, "/waits", "/waits")
        await asyncio.wait_for(asked(bridge, "/", "/", "/"), 5)
        still_waited = not slow.done()
        site.go_on.set()
        await slow
        return still_waited

    site = Site()
    assert asyncio.run(day())


def test_a_page_that_breaks_or_is_given_up_passes_its_turn_on_once() -> None:
    async def day() -> list[Any]:
        bridge = Bridge(site, threads=4, behind_proxy=False)
        given_up = asked(bridge, "/waits")
        await asyncio.sleep(SEEMS_TO_WAIT * 2)
        given_up.cancel()
        site.go_on.set()
        await asked(bridge, *["/broken"] * 3)
        site.most = 0
        return await asked(bridge, *["/"] * 10)

    site = Site()
    assert [answer.status for answer in asyncio.run(day())] == [200] * 10
    assert site.most == 1
