"""What the access matrix asks: who asks, for which page, about which thing, with what in the form."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hearth.accounts.models import Account
from hearth.channels import actions as mail
from hearth.channels.enums import Place, TrialState
from hearth.channels.models import Delivery, MailAccount, MailTest
from hearth.channels.trying import STEPS
from hearth.communities import actions as communities
from hearth.conversations.actions import tell_of_post
from hearth.conversations.tokens import stop_token
from hearth.core.clock import now
from hearth.core.tenancy import across_communities, tenant
from hearth.files import actions as files
from hearth.files import folder
from hearth.files.models import File
from hearth.members.actions import Guest, prepare_invitations, send_invitations
from hearth.members.tokens import invitation_token
from tests.guards import world_of_purposes, world_of_workshops
from tests.people import NOW, Cast, browser_of, build, nobody, operator

ROLES = ["visitor", "nobody", "member", "insider", "moderator", "steward", "foreign", "former", "operator"]
# The member of the cast who plays a role in the community that is asked.
PLAYED_BY = {
    "member": "maria",
    "insider": "jan",
    "moderator": "mod",
    "steward": "steward",
    "former": "gone",
}
NOWHERE = "0" * 20

Targets = dict[str, dict[str, dict[str, Any]]]


@dataclass
class World:
    """Two communities, of which the first is asked, and a browser for each role."""

    kind: str
    north: Cast
    south: Cast
    accounts: dict[str, Account]
    urlconf: str
    prefix: str
    things: dict[str, Any] = field(default_factory=dict)

    def routes(self) -> dict[str, bool]:
        """Return the routes that are asked; a private community only for its own, since the others never ask whose it is."""
        shared = routes(settings.ROOT_URLCONF) if self.kind == "private" else {}
        return {name: named for name, named in routes(self.urlconf).items() if name not in shared}

    def client(self, role: str) -> Client:
        """Return a browser in which this role is signed in, as a moment ago with a code and, for staff, a second step."""
        if role == "visitor":
            return Client(raise_request_exception=False)
        return browser_of(self.accounts[role], raise_request_exception=False)


@dataclass(frozen=True)
class Answer:
    """What came back: status, where it leads, and the body without what differs each time."""

    status: int
    location: str
    body: str
    headers: dict[str, str]


def make_world(kind: str) -> World:
    """Build the world of one kind: the network's own pages, an open community, or one that shows visitors nothing."""
    north, south = build("north", open_to_visitors=kind != "private"), build("south", open_to_visitors=True)
    accounts = {role: north.accounts[name] for role, name in PLAYED_BY.items()}
    accounts |= {"foreign": south.accounts["steward"], "nobody": nobody(), "operator": operator()}
    community = kind != "network"
    world = World(
        kind,
        north,
        south,
        accounts,
        settings.COMMUNITY_URLCONF if community else settings.ROOT_URLCONF,
        "/c/north/" if community else "/",
    )
    for cast in (north, south):
        _put_things(world, cast)
    if kind == "network":
        _set_up_mail(accounts["operator"])
    return world


def _set_up_mail(by: Account) -> None:
    """Let mail go out by an account with a password that nobody may meet, and let a test have found a line missing."""
    mail.choose_provider(by=by, key="fastmail", now=NOW)
    mail.name_sender(by=by, address="office@north.example", now=NOW)
    mail.keep_password(by=by, password="mail-password-canary", now=NOW)
    test = mail.ask_for_test(by=by, language="en", now=NOW)
    MailAccount.objects.update(place=Place.USED, works_since=NOW)
    line = {"host": "north.example", "type": "TXT", "value": "v=spf1 include:spf.messagingengine.com ~all"}
    check = {"check": "spf", "found": "wrong", "why": "none", "seen": [], "lines": [line]}
    steps = [{"step": step, "found": "right", "why": "", "said": ""} for step in STEPS]
    done = {"state": TrialState.DONE, "tried_at": NOW, "checked_at": NOW}
    MailTest.objects.filter(pk=test.pk).update(steps=steps, checks=[check], **done)


def _put_things(world: World, cast: Cast) -> None:
    slug = cast.community.slug
    with tenant(cast.community):
        for key, post in cast.posts.items():
            content = ContentFile(f"{slug}-{key}-canary in a file".encode())
            owner = post.author_id
            file = files.store(content, community=cast.community, owner_id=owner, name=f"{key}.txt", now=NOW)
            File.objects.filter(pk=file.pk).update(subject_kind="post", subject_id=post.pk)
            world.things[f"{slug} file {key}"] = file.public_id
            world.things[f"{slug} picture {key}"] = _picture(cast, post.pk, key)
        _invite(world, cast)
        logo = File.objects.get(public_id=_picture(cast, None, "open", words=f"{slug} logo"))
        File.objects.filter(pk=logo.pk).update(wants_description=False, description="A logo")
        communities.set_logo(by=cast.people["steward"], community=cast.community, logo=logo, now=NOW)
        world.things[f"{slug} logo"] = logo.public_id
        for post in cast.posts["open"].topic.posts.all():
            tell_of_post(post_id=post.pk, now=NOW)
        world.things[f"{slug} interview"] = world_of_purposes.put_purpose(cast)
        world.things[f"{slug} workshop"] = world_of_workshops.put_workshop(cast)
    with across_communities():
        world.things["delivery"] = Delivery.objects.order_by("pk").values_list("pk", flat=True).first()


def _invite(world: World, cast: Cast) -> None:
    """Let one person be invited, some days ago, and another one be written down by the steward; only stewards know of either."""
    slug, steward = cast.community.slug, cast.people["steward"]
    for key in ("open", "prepared"):
        [row] = prepare_invitations(
            by=steward,
            community=cast.community,
            guests=[Guest("Guest", f"{slug}-{key}-guest-canary@else.example")],
            words="Come",
            now=NOW,
        )
        world.things[f"{slug} invitation {key}"] = row
        if key == "open":
            send_invitations(by=steward, invitations=[row], now=now() - timedelta(days=10))


def _picture(cast: Cast, post: int | None, key: str, *, words: str = "") -> str:
    """Keep a picture that waits for a description: its row, and bytes where the picture and its small version stand."""
    community, words = cast.community, words or f"{cast.community.slug}-{key}-canary"
    digest = sha256(words.encode()).hexdigest()
    for ending in ("", folder.THUMBNAIL):
        place = folder.path_of(community=community.public_id, digest=digest, ending=ending)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(words)
    row = File.objects.create(
        community=community,
        owner_id=cast.posts[key].author_id if post else None,
        subject_kind="post" if post else "",
        subject_id=post,
        name=f"{words}.png",
        content_type="image/png",
        size=len(words),
        digest=digest,
        width=1,
        height=1,
        wants_description=True,
        stored_at=NOW,
    )
    return row.public_id


def targets(world: World) -> Targets:
    """Return, per route with arguments, the things that are asked for; `absent` is one that is nowhere."""
    north, south, things = world.north, world.south, world.things
    spaces = {key: {"space": key} for key in ("open", "closed", "hidden")} | {"absent": {"space": "nowhere"}}
    topics = {
        key: {"space": key, "topic": north.topics[key].public_id} for key in ("open", "closed", "hidden")
    } | {
        "hidden by way of open": {"space": "open", "topic": north.topics["hidden"].public_id},
        "of another community": {"space": "open", "topic": south.topics["open"].public_id},
        "absent": {"space": "open", "topic": NOWHERE},
    }
    posts = {key: {"post": north.posts[key].public_id} for key in ("open", "closed", "hidden")} | {
        "of another community": {"post": south.posts["open"].public_id},
        "absent": {"post": NOWHERE},
    }
    people = {
        "maria": {"person": north.people["maria"].public_id},
        "former": {"person": north.people["gone"].public_id},
        "of another community": {"person": south.people["maria"].public_id},
        "absent": {"person": NOWHERE},
    }
    kept, pictures = (
        {key: {"file": things[f"north {kind} {key}"]} for key in ("open", "closed", "hidden")}
        | {"of another community": {"file": things[f"south {kind} open"]}, "absent": {"file": NOWHERE}}
        for kind in ("file", "picture")
    )
    asked = {
        "open": things["north invitation open"],
        "prepared": things["north invitation prepared"],
        "of another community": things["south invitation open"],
    }
    invitations = {key: {"invitation": row.public_id} for key, row in asked.items()}
    links = {key: {"token": invitation_token(row.pk)} for key, row in asked.items()}
    colours = {"these": {"colours": "8c2f0b-ffb48a"}, "absent": {"colours": "none"}}
    topic = north.topics["open"]
    stop = stop_token(north.people["jan"].pk, topic.pk)
    found: Targets = {
        **dict.fromkeys(
            ("space", "topic_new", "topic_draft", "space_join", "space_leave", "space_goal"), spaces
        ),
        **dict.fromkeys(("topic", "answer", "answer_draft", "follow", "read"), topics),
        **dict.fromkeys(("post_edit", "post_versions"), posts),
        "person": people,
        **world_of_purposes.purpose_targets(things["north interview"], things["south interview"]),
        **world_of_workshops.workshop_targets(things["north workshop"], things["south workshop"]),
        **dict.fromkeys(
            ("invitation_again", "invitation_take_back"), invitations | {"absent": {"invitation": NOWHERE}}
        ),
        **dict.fromkeys(
            ("invitation", "invitation_no", "invitation_sign_in"), links | {"absent": {"token": "a" * 20}}
        ),
        "mark": {
            "logo": {"file": things["north logo"]},
            "of another community": {"file": things["south logo"]},
            "absent": {"file": NOWHERE},
        },
        "file": kept,
        **dict.fromkeys(("file_thumbnail", "file_describe"), pictures),
        "stop": {"jan's": {"token": stop}, "absent": {"token": "a" * 24}},
        "begin_later": {"purpose": {"step": "purpose"}, "absent": {"step": "name"}},
        "sign_in_link": {"absent": {"token": "nothing"}},
        **dict.fromkeys(("brand_css", "face_css"), colours),
        "outbox_mail": {"first": {"delivery_id": things["delivery"]}, "absent": {"delivery_id": 999_999_999}},
        "mfa_edit_webauthn": {"absent": {"pk": 999_999_999}},
        "mfa_remove_webauthn": {"absent": {"pk": 999_999_999}},
    }
    return found


# What a form holds when everything is right, so that only the right to do it decides.
FORMS: dict[str, dict[str, str]] = {
    "topic_new": {"title": "New words", "text": "Something new"},
    "topic_draft": {"title": "New words", "text": "Something new"},
    "answer": {"text": "An answer"},
    "answer_draft": {"text": "An answer on its way"},
    "follow": {"wants": "yes"},
    **world_of_purposes.FORMS,
    **world_of_workshops.FORMS,
    "read": {"number": "1"},
    "post_edit": {"text": "Changed words", "version": "1", "note": "a word"},
    "profile": {"name": "New name", "about": "new", "reach_by": "email"},
    "file_describe": {"answer": "shows", "description": "A lake in the morning"},
    "begin_space": {"name": "A new room", "access": "open"},
    "begin_letter": {"title": "Welcome", "text": "Good to have you here", "send": "1"},
    "begin_place": {"country": "IE", "time_zone": "Europe/Dublin", "languages": "en"},
    "sign_in": {"email": "someone@else.example"},
    "account_name": {"name": "New name"},
    "account_language": {"language": "de"},
    "account_time_zone": {"time_zone": "Europe/Paris"},
    "language": {"language": "de"},
    "reading": {"usual": "1"},
    "device_end": {"device": "none"},
    "invite": {"name_0": "Eva", "email_0": "eva@else.example", "rows": "1"},
    "invitation": {"name": "Guest"},
    "face": {"name": "The North Society", "colour": "#1C5230"},
    "mail_provider": {"provider": "posteo"},
    "mail_server": {"server": "mail.example.org"},
    "mail_sender": {"sender": "office@north.example"},
    "mail_user": {"username": "office"},
    "mail_password": {"password": "new"},
    "mail_lines_send": {"email": "domains@north.example"},
}
# Pages that answer a question.
QUESTIONS = {"search": {"q": "canary"}}


def routes(urlconf: str) -> dict[str, bool]:
    """Return every route of a table of addresses by its name (else its pattern), and whether its address names a thing."""
    return dict(_routes(get_resolver(urlconf).url_patterns, named=False))


def _routes(found: list[URLPattern | URLResolver], *, named: bool) -> Iterator[tuple[str, bool]]:
    for one in found:
        names_thing = named or bool(one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, named=names_thing)
        else:
            yield one.name or str(one.pattern), names_thing


# A route whose address names a thing, and for which `targets` knows none: asked without, so that it is met and named.
NOTHING: dict[str, dict[str, Any]] = {}


def paths(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield route, name of the thing and address of everything that the matrix asks."""
    asked = targets(world)
    for name, names_thing in world.routes().items():
        for thing, arguments in asked.get(name, NOTHING if names_thing else {"": {}}).items():
            path = reverse(name, urlconf=world.urlconf, kwargs=arguments)
            yield name, thing, world.prefix + path.removeprefix("/")


def ask(browser: Client, method: str, route: str, path: str) -> Answer:
    """Ask once and leave no trace: what was written is undone, and the browser's cookies are as before."""
    before = deepcopy(browser.cookies)
    data = FORMS.get(route, {}) if method == "POST" else QUESTIONS.get(route, {})
    with transaction.atomic():
        response = (
            browser.generic(method, path)
            if method not in {"GET", "POST"}
            else getattr(browser, method.lower())(path, data)
        )
        body = _content(response)
        transaction.set_rollback(True)
    browser.cookies = before
    location = str(response.headers.get("Location", ""))
    return Answer(response.status_code, _plain(location, path), _plain(body, path), dict(response.headers))


def _content(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


def _plain(body: str, path: str) -> str:
    """Take out what differs between two answers that say the same: protection tokens and the address itself."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)
    body = re.sub(r'name="form_token"[^>]*>', "", body)
    for spelling in {quote(path, safe=""), quote(path), path}:
        body = body.replace(spelling, "ADDRESS")
    return body


def unreadable(world: World, role: str) -> list[str]:
    """Return the secret words that this role must never meet on the pages that are asked."""
    inside = role in {"member", "insider", "moderator", "steward"}
    north = [f"north-{key}-canary" for key in world.north.people if not inside]
    open_rooms = inside or (
        world.urlconf == settings.COMMUNITY_URLCONF and world.north.community.open_to_visitors
    )
    # The outbox shows the operator every mail; nobody else has a page of the network that shows what was said.
    looks_after_mail = role == "operator" and world.urlconf == settings.ROOT_URLCONF
    if not open_rooms:
        north += ["north-open-room-canary"]
        north += [] if looks_after_mail else ["north-open-canary"]
    north += [] if inside else ["north-closed-room-canary"]
    north += (
        []
        if role == "insider"
        else ["north-closed-canary", "north-hidden-canary", "north-hidden-room-canary"]
    )
    north += [] if role == "steward" else ["north-open-guest-canary", "north-prepared-guest-canary"]
    north += [] if role in {"insider", "steward"} else ["north-workshop-canary"]
    north += [] if role in {"member", "steward"} else ["north-interview-canary"]
    north += [] if inside else ["north-translation-canary"]
    south = [
        f"south-{key}"
        for key in (
            "open-guest",
            "prepared-guest",
            "maria",
            "jan",
            "mod",
            "steward",
            "gone",
            "closed",
            "hidden",
            "open-room",
            "workshop",
            "interview",
            "translation",
        )
    ]
    return [
        *north, *south, *([] if looks_after_mail else ["south-open-canary"]), "mail-password-canary",
    ]  # fmt: skip


def table_hash(without: Callable[[str], bool]) -> dict[str, int]:
    """Return a hash of the rows of every table, but for those left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not without(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = hash(tuple(sorted(repr(row) for row in cursor.fetchall())))
    return found
