"""A site with one live page on a database of its own, for the tests of live updates.

`python -m tests.config.live_site PORT PROCESSES` serves (its settings come from HEARTH_…), `… touch KEY` raises a number
and prints it, `… prepare` makes the table, empty. A file `closed` in the data folder closes the page to everybody, a file
`moved-on` takes the form out of it.
"""

import multiprocessing
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from hearth.config import settings as real
from hearth.config.bridge import Bridge
from hearth.config.processes import allow_many_connections

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hearth.config.live import Lines

settings.configure(
    DATABASES=real.DATABASES,
    INSTALLED_APPS=["hearth.ui", "hearth.core", "django.contrib.staticfiles"],
    MIDDLEWARE=["django.middleware.csp.ContentSecurityPolicyMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS=["*"],
    SECURE_CSP=real.SECURE_CSP,
    TEMPLATES=[{"NAME": "jinja", "BACKEND": "hearth.ui.engine.Jinja", "APP_DIRS": True, "OPTIONS": {"environment": "hearth.ui.engine.environment"}}],
    STATIC_URL="/static/",
    STATICFILES_FINDERS=real.STATICFILES_FINDERS,
    USE_TZ=True,
)  # fmt: skip

KEY = "workshop:1"
PAGE = """<!doctype html><html lang="en"><head><title>Live</title>
<link rel="stylesheet" href="/static/ui/hearth.css"><script src="/static/ui/hearth.js" type="module"></script></head><body><main>
{% from "ui/components/live.html" import live %}
{% call live("workshop", stream="/listen/workshop:1", part="/part", number=number, label="The group has moved on. Show it.") %}
{{ inner }}
{% endcall %}
</main></body></html>"""
INNER = """<h1>Step {{ number }}</h1>
<details><summary>More about it</summary><p>This was folded.</p></details>
{% if form %}<form method="post" action="/draft">
<label for="line">Your line</label>
<textarea id="line" name="line" data-autosave-url="/draft" data-autosave-said="saved" data-saved="Saved" data-kept="Kept"></textarea>
<p id="saved"></p><label>Your word <input name="word"></label></form>{% endif %}
<p>{% if number % 2 %}This stands here<br>every<br>second<br>time.{% endif %}</p>
<p class="tall">{% for _line in range(100) %}A line of {{ number }}.<br>{% endfor %}</p>
<p><button type="button" id="hand">Raise a hand</button></p>"""

urlpatterns: list[Any] = []


def folder(name: str) -> Path:
    return Path(real.DATA_DIR) / name


def check(request: "HttpRequest") -> None:
    from django.http import Http404

    if folder("closed").exists() or "stranger" in request.GET:
        raise Http404


def inner(request: "HttpRequest") -> tuple[int, str]:
    from django.template import engines
    from markupsafe import Markup

    from hearth.core import live

    check(request)
    number = live.number(KEY)
    template = engines["jinja"].from_string(INNER)
    return number, Markup(template.render({"number": number, "form": not folder("moved-on").exists()}))


def add_pages(lines: "Lines") -> None:
    from django.contrib.staticfiles.views import serve as static_file
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    from hearth.core import live

    def listen(request: HttpRequest, key: str) -> HttpResponse:
        check(request)
        return live.stream(key)

    def page(request: HttpRequest) -> HttpResponse:
        number, html = inner(request)
        return HttpResponse(engines["jinja"].from_string(PAGE).render({"number": number, "inner": html}))

    def part(request: HttpRequest) -> HttpResponse:
        assert request.headers["HX-Request"] == "true"
        return HttpResponse(inner(request)[1])

    def draft(request: HttpRequest) -> HttpResponse:
        folder("draft").write_text(request.POST["line"])
        return HttpResponse("")

    def waiting(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{len(lines)}")

    urlpatterns.extend(
        [
            path("listen/<key>", listen),
            path("", page),
            path("part", part),
            path("draft", draft),
            path("waiting", waiting),
            path("static/<path:path>", static_file, {"insecure": True}),
        ]
    )


def bridge() -> Bridge:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    from hearth.config import live

    for name in ("STILL_THERE", "ASK_AGAIN", "MOST_LINES"):
        setattr(live, name, int(os.environ.get(f"LIVE_{name}", getattr(live, name))))
    lines = live.Lines()
    add_pages(lines)
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
    import django

    django.setup()

    from django.core.management import call_command

    call_command("migrate", "core", verbosity=0)

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
