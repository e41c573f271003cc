"""A workshop for tests: a community with people, a browser for each, and what they say."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from hearth.core.tenancy import tenant
from hearth.purpose.actions import workshop_leading, workshop_taking_part
from hearth.purpose.enums import Meeting, Part, Side, Step
from hearth.purpose.models import Workshop
from tests.people import NOW, Cast, build


@dataclass
class Studio:
    """One workshop and the browsers of the people in it."""

    cast: Cast
    workshop: Workshop
    browsers: dict[str, Client] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/c/{self.cast.community.slug}/purpose/workshop/{self.workshop.public_id}/"

    def browser(self, who: str) -> Client:
        if who not in self.browsers:
            client = Client()
            account = self.cast.accounts[who]
            client.force_login(account, backend="hearth.accounts.backends.AccountBackend")
            session = client.session
            moment = time.time()
            session["account_authentication_methods"] = [
                {"method": "code", "at": moment, "email": account.email},
                {"method": "mfa", "type": "totp", "at": moment},
            ]
            session["account_authentication_methods_user"] = str(account.pk)
            session["signed_in_at"] = session["seen_at"] = int(moment)
            session.save()
            self.browsers[who] = client
        return self.browsers[who]

    def page(self, who: str, path: str = "") -> Any:
        return self.browser(who).get(self.address + path)

    def text(self, who: str, path: str = "") -> str:
        answer = self.page(who, path)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def post(self, who: str, path: str, /, **form: Any) -> Any:
        return self.browser(who).post(self.address + path, form)

    def move(self, to: Step) -> None:
        """Open a step as the facilitator does."""
        self.workshop.refresh_from_db()
        workshop_leading.move(
            by=self.workshop.facilitator,
            workshop=self.workshop,
            seen=Step(self.workshop.step),
            to=to,
            now=NOW,
        )
        self.workshop.refresh_from_db()

    def says(self, who: str, part: Part, words: str) -> bool:
        return workshop_taking_part.contribute(
            by=self.cast.people[who], workshop=self.workshop, part=part, words=words, now=NOW
        )

    def arrives(self, who: str, side: Side = Side.MEMBER, *, line: str = "", named: bool = False) -> None:
        workshop_taking_part.arrive(
            by=self.cast.people[who], workshop=self.workshop, side=side, line=line, named=named, now=NOW
        )


def studio(slug: str = "north", *, meeting: Meeting = Meeting.LIVE, cast: Cast | None = None) -> Studio:
    """Return a workshop led by the steward, with maria and jan invited; nobody has arrived."""
    cast = cast or build(slug)
    with tenant(cast.community):
        steward = cast.people["steward"]
        workshop = workshop_leading.start_workshop(
            by=steward, community=cast.community, meeting=meeting, language="en", now=NOW
        )
        people = [cast.people[who].public_id for who in ("maria", "jan")]
        workshop_leading.invite(by=steward, workshop=workshop, people=people, now=NOW)
    return Studio(cast, workshop)


def shown(page: str) -> str:
    """Return the words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
