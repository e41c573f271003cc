"""The parts of a running Hearth, loaded once for all of them, and held until asked to stop."""

import logging

from django.db import connections
from django.urls import get_resolver, reverse

from hearth.channels.listener import listen
from hearth.channels.ways import goes_out
from hearth.communities.queries import communities
from hearth.config import web, worker
from hearth.config.options import options
from hearth.config.supervisor import Part, Supervisor
from hearth.setup.links import begin_address
from hearth.setup.queries import sample_cast


def run() -> None:
    """Load what the parts share, greet, and hold the parts until asked to stop."""
    _load_pages()
    parts = [Part("web server", "web", web.serve), Part("worker", "worker", worker.work)]
    if options.mail_listen_port:
        parts.append(Part("mail listener", "mail-listener", take_in_mail))
    _greet()
    # A connection must never be shared by two processes.
    connections.close_all()
    Supervisor(parts, say=_say).run()
    _say("Hearth has stopped.")


def take_in_mail() -> None:
    """Take in mail until asked to stop."""
    # The library writes several lines for each connection.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    listen(options.mail_listen_host, options.mail_listen_port)


def _load_pages() -> None:
    """Import all pages now, in the process of which the parts are forks."""
    for urlconf in ("hearth.config.urls", "hearth.config.community_urls"):
        get_resolver(urlconf).url_patterns  # noqa: B018 – reading it imports the views


def _greet() -> None:
    _say(f"\nHearth is open: {options.site_url}/")
    if not communities().exists():
        _say(f"Nobody lives here yet. Begin your community in a browser: {begin_address()}")
    if options.sample_door:
        _say(f"Be one of the sample people, with one click: {options.site_url}{reverse('sample')}")
        for community, members in sample_cast()["communities"]:
            _say(f"  {community.name}: {len(members)} people")
    if options.sample_door:
        _say(f"E-mail goes nowhere, it is only shown: {options.site_url}{reverse('outbox')}")
    elif not goes_out():
        _say(f"E-mail waits until it is set up: {options.site_url}{reverse('mail')}")
    _say("Ctrl-C stops it.\n")


def _say(sentence: str) -> None:
    print(sentence, flush=True)
