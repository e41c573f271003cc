"""What the measure of a workshop needs of the database, in a process of its own: `fill` it, then `count` what is kept, and
once more with faults planted.
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be ready before a model is imported

from hearth.core.tenancy import across_communities, tenant  # noqa: E402
from hearth.purpose.actions import workshop_leading  # noqa: E402
from hearth.purpose.enums import Meeting  # noqa: E402
from hearth.purpose.models import (  # noqa: E402
    Contribution,
    Feeling,
    ProposalAnswer,
    Seat,
    SharedRung,
    Statement,
    Workshop,
)
from tests.people import NOW, build  # noqa: E402


def fill(people: int) -> dict[str, Any]:
    """Make a community with so many members and a workshop to which all are invited; return how each comes in."""
    cast = build("bench")
    keys = [f"person{place}" for place in range(people)]
    for key in keys:
        cast.add(key)
    steward = cast.people["steward"]
    with tenant(cast.community):
        workshop = workshop_leading.start_workshop(
            by=steward, community=cast.community, meeting=Meeting.LIVE, language="en", now=NOW
        )
        ids = [cast.people[key].public_id for key in keys]
        workshop_leading.invite(by=steward, workshop=workshop, people=ids, now=NOW)
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "facilitator": _session(cast.accounts["steward"]),
        "sessions": [_session(cast.accounts[key]) for key in keys],
        "path": f"/c/bench/purpose/workshop/{workshop.public_id}/",
    }


def _session(account: Any) -> str:
    """Sign somebody in, with a second step, and return what the browser's cookie holds."""
    from importlib import import_module

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    moment = time.time()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "code", "at": moment, "email": account.email},
        {"method": "mfa", "type": "totp", "at": moment},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session["signed_in_at"] = session["seen_at"] = int(moment)
    session.save()
    return str(session.session_key)


def kept() -> dict[str, Any]:
    """Return all that is kept of what people said, and how many still have an author."""
    with across_communities():
        workshop = Workshop.objects.get()
        said = {
            "contributions": list(Contribution.objects.values_list("words", flat=True)),
            "feelings": list(Feeling.objects.exclude(why="").values_list("why", flat=True)),
            "rungs": list(SharedRung.objects.exclude(number=0).values_list("words", flat=True)),
            "answers": list(ProposalAnswer.objects.exclude(why="").values_list("why", flat=True)),
        }
        authors = (
            Contribution.objects.exclude(author=None).count() + Feeling.objects.exclude(author=None).count()
        )
        return said | {
            "authors": authors,
            "arrived": Seat.objects.filter(arrived_at__isnull=False).count(),
            "ending": workshop.ending,
            "statements": Statement.objects.count(),
        }


def planted() -> dict[str, Any]:
    """Take one contribution away and write another a second time, as faults would; return what is kept then."""
    with across_communities():
        rows = Contribution.objects.order_by("pk")
        first, last = rows.first(), rows.last()
        assert first is not None
        assert last is not None
        last.delete()
        first.pk, first.handle = None, "doubled"
        first.save()
    return kept()


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        print(json.dumps(fill(int(sys.argv[2]))))
    else:
        print(json.dumps({"kept": kept(), "planted": planted()}))
