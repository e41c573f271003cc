"""What a network for real people needs, looked at one by one; `hearth doctor` says it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from hearth.config.options import Options, options

ROOM_NEEDED = 2 * 1024**3
NOT_SETTINGS = {"HEARTH_VENV", "HEARTH_TEST_POSTGRES"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `words` say what is, and where it is not good, what to do."""

    good: bool
    words: str


def findings() -> Iterator[Finding]:
    """Look at the settings, the data folder and the database. Changes nothing."""
    yield from _names()
    yield from _address(options)
    yield from _mail(options, by_account=_account_sends())
    yield from _data_folder(options)
    yield from _database(options)


def _names() -> Iterator[Finding]:
    known = {f"HEARTH_{name.upper()}" for name in Options.model_fields} | NOT_SETTINGS
    for name in sorted(set(filter(lambda name: name.startswith("HEARTH_"), os.environ)) - known):
        yield Finding(
            False, f"{name} is no setting of Hearth and does nothing. See docs/settings.md for the names."
        )


def _address(chosen: Options) -> Iterator[Finding]:
    site = urlsplit(chosen.site_url)
    if site.scheme == "https":
        yield Finding(True, f"The site is reached safely under {chosen.site_url}.")
        yield Finding(
            chosen.proxy,
            "A proxy stands in front and is trusted to name the visitor's address."
            if chosen.proxy
            else "HEARTH_PROXY is not set: every visitor seems to come from the proxy. Set it to true.",
        )
    else:
        yield Finding(
            False,
            f"The site is reached under {chosen.site_url}, without encryption. "
            "Put a web server with a certificate in front and set HEARTH_SITE_URL to https://…",
        )
    yield Finding(
        not chosen.debug,
        "HEARTH_DEBUG is on: errors show secrets to anyone. Take it away."
        if chosen.debug
        else "Errors show nothing secret.",
    )


def _account_sends() -> bool:
    from django.db import DatabaseError

    from hearth.channels.ways import goes_out

    try:
        return goes_out()
    except DatabaseError:
        return False  # said in its own finding


def _mail(chosen: Options, *, by_account: bool = False) -> Iterator[Finding]:
    yield Finding(
        bool(chosen.smtp_url) or by_account,
        "E-mail goes out through your mail server."
        if chosen.smtp_url or by_account
        else f"No e-mail leaves this machine. Set it up at {chosen.site_url}/operator/mail/, or set HEARTH_SMTP_URL.",
    )
    own = not chosen.mail_domain.endswith("localhost")
    yield Finding(
        own,
        f"People answer to addresses at {chosen.mail_domain}."
        if own
        else "Answers by e-mail cannot arrive: set HEARTH_MAIL_DOMAIN to a domain whose mail comes to this machine.",
    )
    yield Finding(
        chosen.mail_listen_port != 0,
        f"Incoming e-mail is taken in at port {chosen.mail_listen_port}."
        if chosen.mail_listen_port
        else "Incoming e-mail is turned off. Set HEARTH_MAIL_LISTEN_PORT.",
    )


def _data_folder(chosen: Options) -> Iterator[Finding]:
    free = shutil.disk_usage(chosen.data_dir).free
    room = f"{free / 1024**3:.1f} GB"
    yield Finding(
        free >= ROOM_NEEDED,
        f"The data folder has {room} free."
        if free >= ROOM_NEEDED
        else f"Only {room} are free in {chosen.data_dir}. Make room.",
    )
    key = chosen.data_dir / "secret.key"
    closed = not key.exists() or key.stat().st_mode & 0o077 == 0
    yield Finding(
        closed,
        "The secret key is closed to others."
        if closed
        else f"Others can read the secret key: chmod 600 {key}",
    )


def _database(chosen: Options) -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        yield Finding(False, f"The database does not answer: {str(error).strip().splitlines()[0]}")
        return
    if behind:
        yield Finding(False, f"The database lacks {behind} changes of this version. Run: ./hearth prepare")
        return
    kind = "PostgreSQL" if chosen.database_url else "SQLite, which is right for one machine"
    yield Finding(True, f"The database is up to date ({kind}).")
    yield from _inside()


def _inside() -> Iterator[Finding]:
    from hearth.channels.queries import outbox_counts
    from hearth.communities.queries import network
    from hearth.core.tenancy import across_communities
    from hearth.happenings.queries import parked

    sample = network().is_sample
    yield Finding(
        not sample,
        "The sample network is inside. Take it out with: ./hearth sample --remove"
        if sample
        else "No sample people are inside.",
    )
    # The operator looks at the whole deployment.
    with across_communities():
        stuck, wrong = parked().count(), outbox_counts()["wrong"]
    yield Finding(
        not stuck,
        f"{stuck} reactions failed and wait for you. See: ./hearth happenings"
        if stuck
        else "No work is stuck.",
    )
    yield Finding(
        True,
        f"{wrong} mails could not be delivered. See: ./hearth outbox" if wrong else "No mail went wrong.",
    )
