import pytest

from hearth.core.errors import Conflict, Invalid, NotAllowed, NotFound
from hearth.core.tenancy import tenant
from hearth.happenings.models import Happening
from hearth.members.enums import Standing
from hearth.spaces import policy
from hearth.spaces.actions import join, leave, let_in, open_space
from hearth.spaces.enums import Access
from hearth.spaces.models import Space, SpaceMember
from hearth.spaces.queries import audiences, hosts, space_by_slug
from tests.people import NOW, Cast, build

ALL = {"open", "closed", "hidden"}


def slugs(spaces: object) -> set[str]:
    return {space.slug for space in spaces}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("role", "knows", "reads"),
    [
        ("maria", {"open", "closed"}, {"open"}),
        ("steward", {"open", "closed"}, {"open"}),
        ("mod", {"open", "closed"}, {"open"}),
        ("jan", ALL, ALL),
        (None, {"open"}, {"open"}),
    ],
)
def test_who_knows_of_a_space_and_who_reads_in_it(
    cast: Cast, role: str | None, knows: set[str], reads: set[str]
) -> None:
    member = cast.people[role] if role else None

    assert slugs(policy.visible_spaces(member, cast.community)) == knows
    assert slugs(policy.readable_spaces(member, cast.community)) == reads
    assert len(audiences(member, cast.community)) == len(reads)


def test_a_visitor_of_a_community_that_is_not_open_knows_of_nothing(cast: Cast) -> None:
    private = build("east", open_to_visitors=False)
    with tenant(private.community):
        assert slugs(policy.visible_spaces(None, private.community)) == set()
        assert audiences(None, private.community) == []


@pytest.mark.parametrize(
    ("room", "found"), [("open", True), ("closed", True), ("hidden", False), ("nowhere", False)]
)
def test_a_hidden_space_is_as_absent_as_one_that_never_was(cast: Cast, room: str, found: bool) -> None:
    if found:
        assert space_by_slug(cast.people["maria"], cast.community, room).slug == room
    else:
        with pytest.raises(NotFound) as refused:
            space_by_slug(cast.people["maria"], cast.community, room)
        assert refused.value.reason == ""


def test_joining_an_open_space_twice_is_one_membership_and_one_happening(cast: Cast) -> None:
    for _time in range(2):
        join(by=cast.people["mod"], space=cast.spaces["open"], now=NOW)

    row = SpaceMember.objects.get(space=cast.spaces["open"], member=cast.people["mod"])
    assert (row.follows, row.is_host) == (True, False)
    assert Happening.objects.filter(kind="space_joined", actor_id=cast.people["mod"].pk).count() == 1


@pytest.mark.parametrize("room", ["closed", "hidden"])
def test_nobody_comes_into_a_closed_space_alone(cast: Cast, room: str) -> None:
    for role in ("maria", "mod", "steward"):
        with pytest.raises(NotAllowed):
            join(by=cast.people[role], space=cast.spaces[room], now=NOW)


def test_whoever_is_let_in_reads_and_whoever_leaves_does_not(cast: Cast) -> None:
    maria, closed = cast.people["maria"], cast.spaces["closed"]
    assert not policy.can_write(maria, closed)
    let_in(member=maria, space=closed, now=NOW)
    assert policy.can_write(maria, closed)

    for _time in range(2):
        leave(by=maria, space=closed, now=NOW)

    assert not policy.can_write(maria, closed)
    assert Happening.objects.filter(kind="space_left").count() == 1


def test_a_path_name_is_taken_once_in_a_community_and_free_in_another(cast: Cast) -> None:
    with pytest.raises(Conflict):
        open_space(by=None, community=cast.community, name="Open", now=NOW)

    south = build("south")
    with tenant(south.community):
        assert Space.objects.filter(slug="open").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "!!!", "…"])
def test_a_space_without_a_letter_in_its_name_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        open_space(by=None, community=cast.community, name=name, now=NOW)


def test_whoever_opens_a_space_is_its_host_and_it_stands_last(cast: Cast) -> None:
    space = open_space(
        by=cast.people["steward"], community=cast.community, name="Küche", access=Access.CLOSED, now=NOW
    )

    assert (space.slug, space.position) == ("kuche", 4)
    assert [row.member.name for row in hosts(space)] == ["Steward"]


@pytest.mark.parametrize("standing", [Standing.LEFT, Standing.GUEST])
def test_who_is_no_active_member_neither_joins_nor_writes_whichever_way_one_comes(
    cast: Cast, standing: Standing
) -> None:
    maria = cast.people["maria"]
    assert policy.can_write(maria, cast.spaces["open"])

    maria.standing = standing

    assert not policy.can_write(maria, cast.spaces["open"])
    assert not policy.can_join(maria, cast.spaces["open"])
