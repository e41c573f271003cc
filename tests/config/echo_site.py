"""A site with four pages behind the bridge, for the tests of the bridge: `python -m tests.config.echo_site PORT`."""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from hearth.config.bridge import Bridge

BIG = 3_000_000


def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == "/big":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(BIG))])
        return (b"x" * 1000 for _ in range(BIG // 1000))
    if path == "/cookies":
        start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [b"two"]
    if path == "/broken":
        raise RuntimeError("this page is broken")
    body = environ["wsgi.input"].read()
    seen = {name: value for name, value in environ.items() if isinstance(value, str)}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen | {"body_length": len(body), "body_end": body[-3:].decode()}).encode()]


def bridge() -> Bridge:
    return Bridge(site, threads=2, behind_proxy="--proxy" in sys.argv)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    Granian(
        "",
        port=int(sys.argv[1]),
        interface=Interfaces.RSGI,
        workers=1,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=2000),
        websockets=False,
        backpressure=2000,
    ).serve(target_loader=bridge, wrap_loader=False)
