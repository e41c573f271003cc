"""The parts of a running Hearth, loaded once for all of them, and held until asked to stop."""

from django.db import connections
from django.urls import get_resolver

from hearth.config import mail_listener, web, worker
from hearth.config.options import options
from hearth.config.supervisor import Part, Supervisor
from hearth.setup.queries import sample_people


def run() -> None:
    """Load what the parts share, greet, and hold the parts until asked to stop."""
    _load_pages()
    parts = [Part("web server", "web", web.serve), Part("worker", "worker", worker.work)]
    if options.mail_listen_port:
        parts.append(Part("mail listener", "mail-listener", mail_listener.listen))
    _greet()
    # A connection must never be shared by two processes.
    connections.close_all()
    Supervisor(parts, say=_say).run()
    _say("Hearth has stopped.")


def _load_pages() -> None:
    """Import all pages now, in the process of which the parts are forks."""
    for urlconf in ("hearth.config.urls", "hearth.config.community_urls"):
        get_resolver(urlconf).url_patterns  # noqa: B018 – reading it imports the views


def _greet() -> None:
    _say(f"\nHearth is open: {options.site_url}")
    if options.sample_door:
        for person in sample_people():
            _say(f"  {person}")
    _say("Ctrl-C stops it.\n")


def _say(sentence: str) -> None:
    print(sentence, flush=True)
