"""Fills a fresh database for the run of kills, and prints as JSON how to come in: `python -m tests.faults.seed PEOPLE TOPICS`."""

import json
import sys
from importlib import import_module
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be ready before a model is imported
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from hearth.accounts.models import Account  # noqa: E402
from hearth.conversations.actions import follow  # noqa: E402
from hearth.core.clock import now  # noqa: E402
from hearth.core.tenancy import tenant  # noqa: E402
from hearth.spaces.enums import Access  # noqa: E402
from tests.people import NOW, build  # noqa: E402


def session_of(account: Account) -> str:
    """Sign the account in and return what its browser's cookie holds."""
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = int(now().timestamp())
    session.save()
    return str(session.session_key)


def main(people: int, topics: int) -> dict[str, Any]:
    """Make writers who all follow every topic of a space of their own."""
    cast = build("north")
    writers = [f"writer{place}" for place in range(people)]
    for key in writers:
        cast.add(key)
    cast.room("kitchen", Access.OPEN, *writers)
    paths = []
    for place in range(topics):
        topic = cast.talk(f"kitchen{place}", "kitchen", writers[0])
        with tenant(cast.community):
            for key in writers:
                follow(by=cast.people[key], topic=topic, now=NOW)
        paths.append(f"/c/north/talk/kitchen/{topic.public_id}/")
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": [session_of(cast.accounts[key]) for key in writers],
        "topics": paths,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
