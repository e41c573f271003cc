"""What the holder of open lines asks and tells, one event loop and no server."""

import asyncio
from collections.abc import Collection
from typing import Any

import pytest
from django.db import OperationalError

from hearth.config import live


class Proto:
    """A reader's line as the server hands it over."""

    def __init__(self) -> None:
        self.told = ""
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def response_stream(self, status: int, headers: live.Headers) -> "Proto":
        return self

    def send_str(self, words: str) -> None:
        self.told += words

    async def client_disconnect(self) -> None:
        await self.gone


class Numbers:
    """The database: answers with what is next, or fails with it, and remembers what it was asked for."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[list[str]] = []

    def __call__(self, keys: Collection[str]) -> dict[str, int]:
        self.asked.append(sorted(keys))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return dict.fromkeys(keys, answer)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY", 0.01)
    monkeypatch.setattr(live, "AFTER_TROUBLE", 0.01)


async def waiting(lines: live.Lines, key: str, number: int = 1) -> tuple[Proto, "asyncio.Task[Any]"]:
    proto = Proto()
    task = asyncio.create_task(lines.answer(proto, [], f"{key} {number}"))
    await asyncio.sleep(0)
    return proto, task


def test_while_nobody_waits_nothing_is_asked() -> None:
    async def story() -> tuple[int, int]:
        numbers = Numbers(1)
        lines = live.Lines(numbers)
        proto, task = await waiting(lines, "workshop:a")
        await asyncio.sleep(0.1)
        proto.gone.set_result(None)
        await task
        await asyncio.sleep(0.05)
        asked = len(numbers.asked)
        await asyncio.sleep(0.1)
        return asked, len(numbers.asked)

    asked, later = asyncio.run(story())
    assert asked > 1
    assert later == asked


def test_all_who_wait_are_asked_for_at_once_and_each_is_told_its_own_once() -> None:
    async def story() -> tuple[list[str], list[str]]:
        numbers = Numbers(1, 7)
        lines = live.Lines(numbers)
        readers = [await waiting(lines, key) for key in ("workshop:a", "workshop:a", "workshop:b")]
        await asyncio.sleep(0.1)
        lines.end()
        await asyncio.gather(*(task for _proto, task in readers))
        return numbers.asked[-1], [proto.told for proto, _task in readers]

    asked, told = asyncio.run(story())
    assert asked == ["workshop:a", "workshop:b"]
    assert [one.partition("\n")[2] for one in told] == ["id: 1\ndata: 1\n\nid: 7\ndata: 7\n\n"] * 3


def test_a_database_that_fails_for_a_moment_makes_nobody_deaf() -> None:
    async def story() -> str:
        lines = live.Lines(Numbers(OperationalError("gone"), 8))
        proto, task = await waiting(lines, "workshop:a")
        await asyncio.sleep(0.2)
        lines.end()
        await task
        return proto.told

    assert asyncio.run(story()).endswith("id: 8\ndata: 8\n\n")


def test_a_number_that_was_read_before_the_line_opened_is_not_told() -> None:
    async def story() -> str:
        lines = live.Lines(Numbers(3))
        proto, task = await waiting(lines, "workshop:a", number=4)
        await asyncio.sleep(0.1)
        lines.end()
        await task
        return proto.told

    assert asyncio.run(story()).endswith("\nid: 4\ndata: 4\n\n")


def test_after_the_end_nobody_is_kept_waiting() -> None:
    async def story() -> str:
        lines = live.Lines(Numbers(1))
        lines.end()
        proto = Proto()
        answers: list[str] = []
        proto.response_str = lambda _status, _headers, words: answers.append(words)  # type: ignore[attr-defined]
        await asyncio.wait_for(lines.answer(proto, [], "workshop:a 5"), 1)
        return answers[0]

    assert "data: 5" in asyncio.run(story())
