"""The load: keep-alive connections in one process of its own, one loop, so that it takes little from the server's cores.

Reads a plan as JSON from standard input, says "ready", waits for a line, runs the plan, prints what it saw as JSON:
{"port", "total", "connections": [[request, …], …], "keep": bool} where a request is one text, ready to be sent. "{n}" in a
request becomes a number that no other request of the plan has; it must not change its length, so it is padded with zeros.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

NUMBER = b"{n}"
DIGITS = 9
GIVE_UP_AFTER = 30


@dataclass
class Connection:
    """One keep-alive connection, and the requests that it repeats in turn."""

    port: int
    requests: list[bytes]
    line: socket.socket = field(init=False)
    sent: int = 0
    began: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def open(self) -> None:
        """Connect (again)."""
        self.line = socket.create_connection(("127.0.0.1", self.port), timeout=GIVE_UP_AFTER)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, number: int) -> None:
        """Send the next request."""
        request = self.requests[self.sent % len(self.requests)]
        self.sent += 1
        self.received.clear()
        self.began = time.perf_counter()
        self.line.sendall(request.replace(NUMBER, b"%0*d" % (DIGITS, number)))

    def take(self) -> tuple[int, bytes] | None:
        """Receive what is there; return status and body once the answer is whole."""
        piece = self.line.recv(262_144)
        if not piece:
            raise ConnectionError("The server closed the line.")
        self.received += piece
        return answer(self.received)


def answer(received: bytearray) -> tuple[int, bytes] | None:
    """Return status and body of a whole answer, None as long as something is missing."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(received[:end]).lower()
    status = int(head[9:12])
    length = head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
    if length:
        return (status, bytes(received[end + 4 :])) if len(received) >= end + 4 + int(length) else None
    if b"transfer-encoding: chunked" in head:
        return (status, bytes(received[end + 4 :])) if received.endswith(b"0\r\n\r\n") else None
    return status, b""


def run(plan: dict[str, Any], connections: list[Connection]) -> dict[str, Any]:
    """Send as many requests as the plan says, each connection the next one as soon as it has its answer."""
    waiting = selectors.DefaultSelector()
    latencies: list[float] = []
    statuses: Counter[int] = Counter()
    size = started = 0
    began = time.perf_counter()
    for connection in connections:
        waiting.register(connection.line, selectors.EVENT_READ, connection)
        if started < plan["total"]:
            connection.send(plan.get("first", 0) + started)
            started += 1
    while len(latencies) < plan["total"]:
        ready = waiting.select(GIVE_UP_AFTER)
        if not ready:
            raise TimeoutError(f"No answer within {GIVE_UP_AFTER} s.")
        for key, _event in ready:
            connection = key.data
            whole = connection.take()
            if whole is None:
                continue
            latencies.append(time.perf_counter() - connection.began)
            statuses[whole[0]] += 1
            size += len(whole[1])
            if started < plan["total"]:
                connection.send(plan.get("first", 0) + started)
                started += 1
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "latencies": latencies, "statuses": statuses, "bytes": size}


def main() -> None:
    """Take a plan in, run it, say what was seen."""
    plan = json.loads(sys.stdin.readline())
    connections = [
        Connection(plan["port"], [text.encode() for text in requests]) for requests in plan["connections"]
    ]
    for connection in connections:
        connection.open()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(run(plan, connections)), flush=True)


if __name__ == "__main__":
    main()
