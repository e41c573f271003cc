"""The sample network moves in whole or not at all, and leaves nothing behind."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from hearth.accounts.models import Account
from hearth.channels.models import Delivery, Mail
from hearth.communities.models import Community, Network
from hearth.conversations.models import Post, Topic
from hearth.core.errors import Conflict
from hearth.core.tenancy import across_communities
from hearth.happenings.models import Reaction
from hearth.members.models import Member
from hearth.search.models import SearchEntry
from hearth.setup import sample_files as files
from hearth.setup.actions import load_sample, remove_sample
from hearth.spaces.models import Space, SpaceMember
from tests.people import NOW, build, operator

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    with across_communities(), connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.label] = cursor.fetchone()[0]
    return {
        name: number for name, number in found.items() if name.split(".")[0] not in {"contenttypes", "auth"}
    }


def test_what_stands_in_the_files_stands_in_the_database() -> None:
    made = load_sample(now=NOW)
    slugs = files.communities()
    people = [person for slug in slugs for person in files.people(slug)]
    rooms = [(slug, room) for slug in slugs for room in files.spaces(slug)]
    topics = [topic for slug, room in rooms for topic in files.topics(slug, room["slug"])]
    posts = [post for topic in topics for post in topic["posts"]]

    with across_communities():
        assert [community.slug for community in made] == slugs
        assert (Member.objects.count(), Space.objects.count()) == (len(people), len(rooms))
        assert (Topic.objects.count(), Post.objects.count(), SearchEntry.objects.count()) == (
            len(topics),
            len(posts),
            len(posts),
        )
        assert (
            sum(len({*room["hosts"], *room["members"]}) for _slug, room in rooms)
            == SpaceMember.objects.count()
        )
        for topic in Topic.objects.all():
            assert list(topic.posts.order_by("number").values_list("number", flat=True)) == list(
                range(1, topic.post_count + 1)
            )
        for space in Space.objects.all():
            assert space.topic_count == Topic.objects.filter(space=space).count()


def test_moving_in_tells_nobody_anything() -> None:
    load_sample(now=NOW)

    with across_communities():
        assert (Mail.objects.count(), Delivery.objects.count(), Reaction.objects.count()) == (0, 0, 0)


def test_it_does_not_move_in_where_a_community_lives() -> None:
    build("north")
    before = counts()

    with pytest.raises(Conflict):
        load_sample(now=NOW)
    assert counts() == before


def test_it_does_not_move_in_twice() -> None:
    load_sample(now=NOW)
    before = counts()

    with pytest.raises(Conflict):
        load_sample(now=NOW)
    assert counts() == before


def test_when_it_leaves_the_tables_are_as_they_were_before() -> None:
    operator()
    before = counts()
    load_sample(now=NOW)
    assert counts() != before

    remove_sample()

    assert counts() == before


def test_when_it_leaves_a_real_community_stays_whole() -> None:
    load_sample(now=NOW)
    north = build("north")
    with across_communities():
        posts = Post.objects.filter(community=north.community).count()
    remove_sample()

    with across_communities():
        assert list(Community.objects.values_list("slug", flat=True)) == ["north"]
        assert (Post.objects.count(), Member.objects.count()) == (posts, 5)
        assert (Account.objects.filter(is_sample=True).count(), Network.objects.count()) == (0, 0)


def test_its_door_is_closed_unless_opened_and_opens_to_nobody_real(settings: object) -> None:
    load_sample(now=NOW)
    with across_communities():
        member = Member.objects.filter(account__is_sample=True).first()
    assert member
    assert [
        Client().get("/sample/").status_code,
        Client().post("/sample/", {"member": member.public_id}).status_code,
    ] == [404, 404]

    settings.SAMPLE_DOOR = True  # type: ignore[attr-defined]
    real = build("north")
    assert Client().post("/sample/", {"member": real.people["maria"].public_id}).status_code == 404
    assert Client().post("/sample/", {"account": operator().public_id}).status_code == 404
    browser = Client()
    assert browser.post("/sample/", {"member": member.public_id}).status_code == 302
    assert browser.session["_auth_user_id"] == str(member.account_id)
