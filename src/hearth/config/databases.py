"""The database, from one address: empty means SQLite in the data folder."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from hearth.config.options import Options

# WAL lets readers go on while one writes; an immediate transaction takes the write lock at its start instead of failing
# half way; a writer waits up to 20 s for its turn. Proved with 1,000 writes from 8 threads: none failed.
# FULL, since what was called received must survive a power cut (about 1.5 ms a commit). No mmap, since it costs as much
# memory as the file is large and saves no time; 2 MB of pages a connection, since each thread has one
# (bench/memory.py).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-2000;"
    ),
}


def database(options: Options) -> dict[str, Any]:
    """Return Django's settings for the database that `HEARTH_DATABASE_URL` names."""
    if not options.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": options.data_dir / "hearth.sqlite3",
            "OPTIONS": SQLITE,
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": None},
        }
    return _postgres(options.database_url)


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("HEARTH_DATABASE_URL begins with postgres://, or is left empty for SQLite.")
    # A socket folder cannot stand where a host name stands, so it comes as ?host=/folder (as in libpq).
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s"},
    }
