import pytest
from django.test import Client

from hearth.conversations.actions import follow, follow_nothing_by_link, mark_read, stop_following
from hearth.conversations.models import Follow, ReadMark
from hearth.conversations.tokens import stop_token
from hearth.core.errors import NotFound
from hearth.core.tenancy import tenant
from hearth.core.tokens import seal
from tests.people import NOW, Cast, build


def read_to(cast: Cast, key: str) -> int:
    return ReadMark.objects.get(topic=cast.topics["open"], member=cast.people[key]).number


def test_a_read_mark_only_goes_forward(cast: Cast) -> None:
    for number in (1, 2, 1, 0):
        mark_read(by=cast.people["mod"], topic=cast.topics["open"], number=number, now=NOW)

    assert read_to(cast, "mod") == 2


def test_a_read_mark_never_passes_what_is_there(cast: Cast) -> None:
    mark_read(by=cast.people["mod"], topic=cast.topics["open"], number=999, now=NOW)

    assert read_to(cast, "mod") == cast.topics["open"].post_count


def test_one_reader_moves_only_ones_own_mark(cast: Cast) -> None:
    mark_read(by=cast.people["mod"], topic=cast.topics["open"], number=2, now=NOW)

    assert read_to(cast, "maria") == 1


def test_following_and_stopping_take_turns(cast: Cast) -> None:
    topic, mod = cast.topics["open"], cast.people["mod"]
    for act, wants in (
        (follow, True),
        (follow, True),
        (stop_following, False),
        (stop_following, False),
        (follow, True),
    ):
        act(by=mod, topic=topic, now=NOW)
        assert Follow.objects.get(topic=topic, member=mod).wants is wants


def test_the_link_in_a_mail_stops_its_receiver_only(cast: Cast) -> None:
    topic = cast.topics["open"]
    follow_nothing_by_link(token=stop_token(cast.people["jan"].pk, topic.pk).upper(), now=NOW)

    wants = dict(Follow.objects.filter(topic=topic).values_list("member_id", "wants"))
    assert wants == {cast.people["jan"].pk: False, cast.people["maria"].pk: True}


def test_a_token_for_another_purpose_or_with_a_letter_changed_stops_nothing(cast: Cast) -> None:
    topic, jan = cast.topics["open"], cast.people["jan"]
    good = stop_token(jan.pk, topic.pk)
    bad = [
        seal("answer", jan.pk, topic.pk),
        seal("stop", jan.pk),
        good[:-1],
        good[:-1] + ("a" if good[-1] != "a" else "b"),
        "",
        "é",
    ]
    for token in bad:
        with pytest.raises(NotFound):
            follow_nothing_by_link(token=token, now=NOW)

    assert Follow.objects.get(topic=topic, member=jan).wants


def test_a_token_that_joins_two_communities_stops_nothing(cast: Cast) -> None:
    south = build("south")
    with pytest.raises(NotFound):
        follow_nothing_by_link(token=stop_token(south.people["jan"].pk, cast.topics["open"].pk), now=NOW)
    with tenant(south.community):
        assert Follow.objects.filter(wants=False).count() == 0


def test_a_mail_program_stops_with_one_post_without_cookie_or_form(cast: Cast) -> None:
    address = f"/stop/{stop_token(cast.people['jan'].pk, cast.topics['open'].pk)}/"
    browser = Client(enforce_csrf_checks=True)

    assert browser.get(address).status_code == 200
    assert Follow.objects.get(topic=cast.topics["open"], member=cast.people["jan"]).wants
    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.get(topic=cast.topics["open"], member=cast.people["jan"]).wants
