"""The web server: a few processes, each with a few threads for pages, every wait bounded."""

import multiprocessing
import sys
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from hearth.config.bridge import Bridge
from hearth.config.options import options
from hearth.config.processes import allow_many_connections, die_with_parent

HEADERS_WITHIN_MS = 15_000
# 6,000 of them may wait for live news (live.MOST_LINES).
CONNECTIONS_PER_PROCESS = 8192
STOP_WITHIN = 7


def serve() -> None:
    """Serve pages until SIGTERM. A process that dies is replaced at once."""
    if sys.platform == "linux":
        # Forked from a process that has loaded everything, the servers share its memory.
        multiprocessing.set_start_method("fork", force=True)
    allow_many_connections()
    server = Granian(
        "hearth.config.web:pages",
        address=options.host,
        port=options.port,
        interface=Interfaces.RSGI,
        workers=options.web_workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        websockets=False,
        backpressure=CONNECTIONS_PER_PROCESS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=pages, wrap_loader=False)


def pages() -> Any:
    """Build what one server process runs for each request: a Bridge (the server's types know only functions)."""
    die_with_parent()
    # A server process that was started, not forked, makes Django ready with this import.
    from hearth.config.wsgi import application

    return Bridge(application, threads=options.web_threads, behind_proxy=options.proxy, lines=_lines())


def _lines() -> Any:
    # Only now: it reads a model, for which Django must be ready.
    from hearth.config.live import Lines

    return Lines()
