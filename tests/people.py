"""A named cast for tests: communities, spaces of each kind, and people in every role, made through the domain's own verbs.

Secret words stand wherever something could leak: `<slug>-<key>-canary` in what a person says, `<slug>-<space>-canary` in a
space's purpose and in all that is said there.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from hearth.accounts.actions import make_account
from hearth.accounts.models import Account
from hearth.communities import queries as communities
from hearth.communities.actions import found_community
from hearth.communities.models import Community
from hearth.conversations.actions import answer, start_topic
from hearth.conversations.models import Post, Topic
from hearth.core.tenancy import tenant
from hearth.members.actions import Profile, welcome
from hearth.members.enums import Role, Standing
from hearth.members.models import Member
from hearth.spaces.actions import let_in, open_space
from hearth.spaces.enums import Access
from hearth.spaces.models import Space

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@dataclass
class Cast:
    """One community and whoever is in it. Names are keys: `cast.people["maria"]`."""

    community: Community
    people: dict[str, Member] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def add(self, key: str, *roles: Role, account: bool = True, **profile: object) -> Member:
        """Add a person, with an account unless told otherwise."""
        with tenant(self.community):
            if account:
                mail = f"{key}@{self.community.slug}.example"
                self.accounts[key] = make_account(name=key.title(), email=mail, language="en", now=NOW)
            about = f"{self.community.slug}-{key}-canary"
            said = Profile(**{"name": key.title(), "about": about, "languages": ("en",), **profile})
            self.people[key] = welcome(
                community=self.community,
                account=self.accounts.get(key),
                profile=said,
                roles=roles,
                joined_at=NOW - timedelta(days=30),
                now=NOW,
            )
        return self.people[key]

    def room(self, key: str, access: Access, *members: str) -> Space:
        """Open a space whose first named member is its host."""
        with tenant(self.community):
            space = open_space(
                by=None,
                community=self.community,
                name=f"{key.title()} room",
                slug=key,
                purpose_line=f"{self.community.slug}-{key}-room-canary",
                access=access,
                now=NOW,
            )
            for place, name in enumerate(members):
                let_in(member=self.people[name], space=space, now=NOW, is_host=place == 0)
        self.spaces[key] = space
        return space

    def talk(self, key: str, space: str, by: str, *answers: str) -> Topic:
        """Start a topic in whose title and posts the canary of its space stands, with an answer by each of the named people."""
        canary = f"{self.community.slug}-{space}-canary"
        with tenant(self.community):
            topic = start_topic(
                by=self.people[by],
                space=self.spaces[space],
                title=f"About {key}, {canary}",
                text=f"First words, {canary}",
                now=NOW,
            )
            for place, name in enumerate(answers, start=1):
                moment = NOW + timedelta(minutes=place)
                answer(
                    by=self.people[name], topic=topic, text=f"Answer {place} of {name}, {canary}", now=moment
                )
            self.posts[key] = Post.objects.get(topic=topic, number=1)
        self.topics[key] = topic
        return topic


def build(slug: str = "north", *, open_to_visitors: bool = True) -> Cast:
    """Return a community with members in every role, a space of each kind and something to read in each.

    maria is host of the open space; jan of the closed and the hidden one. gone was a member and is none now.
    """
    communities._memory.clear()  # a community of the test before may have had this name
    community = found_community(
        slug=slug,
        name=f"The {slug.title()} Society",
        country="IE",
        languages=["en"],
        now=NOW,
        time_zone="Europe/Dublin",
        open_to_visitors=open_to_visitors,
        purpose_sentences=[["en", f"{slug} purpose"]],
        help_phone="+353 20 910 0142",
    )
    cast = Cast(community)
    cast.add("maria")
    cast.add("jan")
    cast.add("mod", Role.MODERATOR)
    cast.add("steward", Role.STEWARD)
    cast.add("gone")
    with tenant(community):
        Member.objects.filter(pk=cast.people["gone"].pk).update(standing=Standing.LEFT)
    cast.room("open", Access.OPEN, "maria")
    cast.room("closed", Access.CLOSED, "jan")
    cast.room("hidden", Access.HIDDEN, "jan")
    cast.talk("open", "open", "maria", "jan")
    cast.talk("closed", "closed", "jan")
    cast.talk("hidden", "hidden", "jan")
    return cast


def operator() -> Account:
    """Return the person who runs the server and is a member of nothing."""
    return make_account(name="Henk", email="henk@server.example", language="en", now=NOW, is_operator=True)


def nobody() -> Account:
    """Return a signed-in person who is a member of no community."""
    return make_account(name="Nobody", email="nobody@else.example", language="en", now=NOW)


def browser_of(account: Account, *, second_step: bool = True, **more: Any) -> Client:
    """Return a browser in which this person signed in a moment ago with a code, and with a second step where told so."""
    browser, moment = Client(**more), time.time()
    browser.force_login(account, backend="hearth.accounts.backends.AccountBackend")
    session = browser.session
    methods: list[dict[str, Any]] = [{"method": "code", "at": moment, "email": account.email}]
    if second_step:
        methods.append({"method": "mfa", "type": "totp", "at": moment})
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(account.pk)
    session["signed_in_at"] = session["seen_at"] = int(moment)
    session.save()
    return browser
