"""Every list costs the same number of queries however long it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.channels import actions as channels
from hearth.communities.actions import found_community
from hearth.conversations.actions import OldPost, OldTopic, edit_post, keep_archive, tell_of_post
from hearth.conversations.models import Post, Topic
from hearth.conversations.words import words
from hearth.core.tenancy import tenant
from hearth.members.actions import Guest, invite, prepare_invitations
from tests.guards import world_of_purposes
from tests.guards.world import World, _picture, make_world
from tests.people import NOW

pytestmark = pytest.mark.django_db

NONE = Topic()
Grow = Callable[[World, int], None]


def topics(world: World, number: int) -> None:
    """Let `number` more conversations stand in the open space, each by another person, with a file and unread by jan."""
    for place in range(number):
        world.north.add(f"w{place}")
        world.north.talk(f"t{place}", "open", f"w{place}", "maria")
        with tenant(world.north.community):
            _picture(world.north, world.north.posts[f"t{place}"].pk, f"t{place}")


def spaces(world: World, number: int) -> None:
    from hearth.spaces.enums import Access

    for place in range(number):
        world.north.room(f"room{place}", Access.OPEN, "jan")
        world.north.talk(f"r{place}", f"room{place}", "maria")


def posts(world: World, number: int) -> None:
    """Let there be a topic with `number` posts by as many people, though at most 30."""
    cast = world.north
    topic = cast.talk("long", "open", "maria")
    with tenant(cast.community):
        for place in range(min(number, 30)):
            cast.add(f"w{place}")
        writers = [member.pk for key, member in cast.people.items() if key.startswith("w")] or [
            cast.people["jan"].pk
        ]
        more = [
            OldPost(writers[place % len(writers)], words(f"Words {place}"), NOW + timedelta(hours=place))
            for place in range(number - 1)
        ]
        if more:
            keep_archive(space=topic.space, topics=[OldTopic("", more, topic=topic)])


def people(world: World, number: int) -> None:
    for place in range(number):
        world.north.add(f"w{place}")


def mails(world: World, number: int) -> None:
    for place in range(number):
        world.north.talk(f"m{place}", "open", "jan")
        with tenant(world.north.community):
            tell_of_post(post_id=world.north.posts[f"m{place}"].pk, now=NOW)
        channels.keep_mail(
            raw=f"mail {place}".encode(), sender="a@b.example", recipients=["x@y.example"], now=NOW
        )


def communities(world: World, number: int) -> None:
    for place in range(number):
        found_community(
            slug=f"c{place}", name=f"C {place}", country="IE", languages=["en"], now=NOW, is_sample=True
        )


def devices(world: World, number: int) -> None:
    for _place in range(number):
        world.client("member")


def versions(world: World, number: int) -> None:
    cast = world.north
    with tenant(cast.community):
        for place in range(number):
            post = Post.objects.get(pk=cast.posts["open"].pk)
            edit_post(
                by=cast.people["maria"], post=post, text=f"Change {place}", version=post.version, now=NOW
            )


def invited(world: World, number: int) -> None:
    steward = world.north.people["steward"]
    with tenant(world.north.community):
        guests = [Guest(f"Guest {place}", f"g{place}@else.example") for place in range(number)]
        invite(by=steward, community=world.north.community, guests=guests, words="", now=NOW)


def written(world: World, number: int) -> None:
    steward = world.north.people["steward"]
    with tenant(world.north.community):
        guests = [Guest(f"Guest {place}", f"g{place}@else.example") for place in range(number)]
        prepare_invitations(by=steward, community=world.north.community, guests=guests, words="", now=NOW)


def goals_served(world: World, number: int) -> None:
    """Let `number` more spaces, in which two people spoke, serve the goals."""
    spaces(world, number)
    for place in range(number):
        world_of_purposes.serve(world.north, f"room{place}", place % 3)


def purposes(world: World, number: int) -> None:
    """Let the purpose be adopted `number` times more, each time with new goals."""
    for place in range(number):
        world_of_purposes.adopt_again(world.north, number=place + 2)


def translations(world: World, number: int) -> None:
    """Let there be `number` translations more, each by another person."""
    people(world, number)
    for place, language in zip(range(number), ("de", "pl", "ga"), strict=False):
        world_of_purposes.translate_again(world.north, language, by=f"w{place}")


# name: world, reader, address, what makes the list longer
LISTS: dict[str, tuple[str, str, str, Grow]] = {
    "talk": ("open", "insider", "/c/north/talk/", topics),
    "talk, spaces": ("open", "insider", "/c/north/talk/", spaces),
    "talk, visitor": ("open", "visitor", "/c/north/talk/", topics),
    "space": ("open", "insider", "/c/north/talk/open/", topics),
    "topic": ("open", "insider", "TOPIC", posts),
    "topic, visitor": ("open", "visitor", "TOPIC", posts),
    "versions": ("open", "insider", "VERSIONS", versions),
    "people": ("open", "member", "/c/north/people/", people),
    "invitations": ("open", "steward", "/c/north/people/invitations/", invited),
    "invitations before they go": ("open", "steward", "/c/north/people/invite/check/", written),
    "talk, goals": ("open", "insider", "/c/north/talk/", goals_served),
    "purpose, goals": ("open", "insider", "/c/north/purpose/", goals_served),
    "purpose, translations": ("open", "visitor", "/c/north/purpose/", translations),
    "purpose, history": ("open", "visitor", "/c/north/purpose/history/", purposes),
    "purpose translations": ("open", "steward", "/c/north/purpose/translations/", translations),
    "compass, goals": ("open", "insider", "/c/north/purpose/compass/", goals_served),
    "compass, topics": ("open", "insider", "/c/north/purpose/compass/", topics),
    "search": ("open", "member", "/c/north/search/?q=canary", topics),
    "today": ("open", "insider", "/c/north/", topics),
    "today, newcomers": ("open", "insider", "/c/north/", people),
    "front, visitor": ("open", "visitor", "/c/north/", topics),
    "network front": ("network", "visitor", "/", communities),
    "files to describe": ("open", "member", "/c/north/files/to-describe/", topics),
    "devices": ("network", "member", "/account/devices/", devices),
    "outbox": ("network", "operator", "/operator/outbox/", mails),
    "inbox": ("network", "operator", "/operator/inbox/", mails),
    "sample": ("network", "visitor", "/sample/", communities),
}


def cost(name: str, number: int) -> int:
    """Return how many queries a list costs with so many things more; what is asked once a process is asked before."""
    with transaction.atomic():
        kind, role, path, grow = LISTS[name]
        world = make_world(kind)
        grow(world, number)
        path = path.replace("TOPIC", f"/c/north/talk/open/{world.north.topics.get('long', NONE).public_id}/")
        path = path.replace("VERSIONS", f"/c/north/posts/{world.north.posts['open'].public_id}/versions/")
        browser = world.client(role)
        assert browser.get(path).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        transaction.set_rollback(True)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked.captured_queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_however_long_it_is(name: str, settings: Any) -> None:
    settings.SAMPLE_DOOR = True
    sizes = (1, 20, 200) if name.startswith("topic") else (1, 3)
    costs = [cost(name, number) for number in sizes]
    print(f"{name}: {costs[0]} queries with {', '.join(map(str, sizes))}")

    assert costs == costs[:1] * len(costs)
