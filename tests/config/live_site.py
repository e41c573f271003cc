"""A site whose one page lets those listen who may, on a database of its own, for the tests of live updates.

`python -m tests.config.live_site PORT PROCESSES` serves (its settings come from HEARTH_…), `… touch KEY` raises a number
and prints it, `… prepare` makes the table, empty.
"""

import multiprocessing
import os
import sys
from typing import Any

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from hearth.config.bridge import Bridge
from hearth.config.databases import database
from hearth.config.options import options
from hearth.config.processes import allow_many_connections

settings.configure(
    DATABASES={"default": database(options)},
    INSTALLED_APPS=["hearth.core"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
)

urlpatterns: list[Any] = []


def bridge() -> Bridge:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    from django.http import Http404, HttpRequest, HttpResponse
    from django.urls import path

    from hearth.config import live as held
    from hearth.core import live

    for name in ("STILL_THERE", "ASK_AGAIN", "MOST_LINES"):
        setattr(held, name, int(os.environ.get(f"LIVE_{name}", getattr(held, name))))
    lines = held.Lines()

    def listen(request: HttpRequest, key: str) -> HttpResponse:
        if "stranger" in request.GET:
            raise Http404
        return live.stream(key)

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{os.getpid()} {len(lines)}")

    urlpatterns.extend([path("listen/<key>", listen), path("", page)])
    return Bridge(application, threads=2, behind_proxy=False, lines=lines)


def serve(port: int, processes: int) -> None:
    multiprocessing.set_start_method("fork")
    allow_many_connections()
    Granian(
        "",
        port=port,
        interface=Interfaces.RSGI,
        workers=processes,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=8192,
        workers_kill_timeout=7,
    ).serve(target_loader=bridge, wrap_loader=False)


def touch(key: str) -> None:
    import django

    django.setup()

    from hearth.core import live

    live.touch(key)
    print(live.number(key))


def prepare() -> None:
    """Make the table (again), empty."""
    import django

    django.setup()

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from hearth.core.models import LiveNumber

    LiveNumber.objects.all().delete()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["touch", key]:
            touch(key)
        case [port, processes]:
            serve(int(port), int(processes))
