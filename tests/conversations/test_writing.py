from datetime import timedelta

import pytest

from hearth.conversations.actions import answer, edit_post, save_draft, start_topic
from hearth.conversations.enums import Via
from hearth.conversations.models import Draft, Follow, Post, PostVersion, ReadMark, Topic
from hearth.core.errors import Conflict, Invalid, NotAllowed
from hearth.happenings.models import Happening
from hearth.search.models import SearchEntry
from tests.people import NOW, Cast

LATER = NOW + timedelta(hours=5)


def mine(cast: Cast) -> Post:
    return Post.objects.get(pk=cast.posts["open"].pk)


def test_a_conversation_begins_with_post_1_and_its_starter_follows_and_has_read_it(cast: Cast) -> None:
    before = type(cast.spaces["open"]).objects.get(pk=cast.spaces["open"].pk).topic_count

    topic = start_topic(
        by=cast.people["mod"], space=cast.spaces["open"], title=" A  walk ", text="Who comes?", now=LATER
    )

    post = Post.objects.get(topic=topic)
    assert (topic.title, topic.post_count, topic.opening, topic.last_post_at) == (
        "A walk",
        1,
        "Who comes?",
        LATER,
    )
    assert (post.number, post.author_id, post.body_text) == (1, cast.people["mod"].pk, "Who comes?")
    assert Follow.objects.get(topic=topic).member_id == cast.people["mod"].pk
    assert ReadMark.objects.get(topic=topic).number == 1
    assert type(topic.space).objects.get(pk=topic.space_id).topic_count == before + 1


def test_a_conversation_without_a_title_is_called_by_its_first_words(cast: Cast) -> None:
    topic = start_topic(
        by=cast.people["mod"], space=cast.spaces["open"], title="", text="Snow " * 60, now=LATER
    )

    assert topic.title.startswith("Snow Snow")
    assert len(topic.title) <= 81


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x07", "\u200b \u2060", "w" * 100_001])
def test_nothing_at_all_and_far_too_much_are_refused_and_leave_no_trace(cast: Cast, text: str) -> None:
    before = Post.objects.count(), Topic.objects.count(), Happening.objects.count()

    with pytest.raises(Invalid):
        start_topic(by=cast.people["mod"], space=cast.spaces["open"], title="t", text=text, now=LATER)
    with pytest.raises(Invalid):
        answer(by=cast.people["mod"], topic=cast.topics["open"], text=text, now=LATER)

    assert (Post.objects.count(), Topic.objects.count(), Happening.objects.count()) == before


def test_a_post_of_a_hundred_thousand_letters_is_kept_whole(cast: Cast) -> None:
    assert (
        answer(by=cast.people["mod"], topic=cast.topics["open"], text="w" * 100_000, now=LATER).source
        == "w" * 100_000
    )


@pytest.mark.parametrize("room", ["closed", "hidden"])
@pytest.mark.parametrize("role", ["maria", "mod", "steward"])
def test_nobody_from_outside_writes_in_a_closed_room(cast: Cast, room: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        start_topic(by=cast.people[role], space=cast.spaces[room], title="t", text="words", now=LATER)
    with pytest.raises(NotAllowed):
        answer(by=cast.people[role], topic=cast.topics[room], text="words", now=LATER)
    assert answer(by=cast.people["jan"], topic=cast.topics[room], text="words", now=LATER).number == 2


def test_an_answer_takes_the_next_number_and_moves_the_topic_up(cast: Cast) -> None:
    post = answer(
        by=cast.people["mod"], topic=cast.topics["open"], text="Third", now=LATER, via=Via.EMAIL, reply_to=2
    )

    topic = Topic.objects.get(pk=cast.topics["open"].pk)
    assert (post.number, post.via, post.reply_to) == (3, "email", 2)
    assert (topic.post_count, topic.last_post_at, topic.last_author_id) == (3, LATER, cast.people["mod"].pk)


def test_an_answer_that_arrives_late_by_mail_does_not_move_the_topic_back(cast: Cast) -> None:
    answer(by=cast.people["mod"], topic=cast.topics["open"], text="Now", now=LATER)
    answer(
        by=cast.people["jan"],
        topic=cast.topics["open"],
        text="Written before",
        now=LATER - timedelta(hours=2),
    )

    assert Topic.objects.get(pk=cast.topics["open"].pk).last_post_at == LATER


def test_an_answer_leaves_one_happening_and_one_entry_in_the_index(cast: Cast) -> None:
    post = answer(
        by=cast.people["mod"], topic=cast.topics["open"], text="Marmalade", now=LATER, via=Via.EMAIL
    )

    happened = Happening.objects.get(kind="post_written", subject_id=post.pk)
    entry = SearchEntry.objects.get(subject_kind="post", subject_id=post.pk)
    assert (happened.actor_id, happened.via, happened.happened_at) == (cast.people["mod"].pk, "email", LATER)
    assert (entry.body_text, entry.title, entry.audience) == ("Marmalade", "", cast.spaces["open"].audience)


def test_an_answer_drops_its_own_draft_and_no_other(cast: Cast) -> None:
    here, there = f"topic:{cast.topics['open'].pk}", f"space:{cast.spaces['open'].pk}"
    for who, place in (("mod", here), ("mod", there), ("jan", here)):
        save_draft(by=cast.people[who], place=place, title="", text="half", now=NOW)

    answer(by=cast.people["mod"], topic=cast.topics["open"], text="Whole", now=LATER)

    left = set(Draft.objects.values_list("member_id", "place"))
    assert left == {(cast.people["mod"].pk, there), (cast.people["jan"].pk, here)}


def test_answering_does_not_bring_back_mails_that_one_has_stopped(cast: Cast) -> None:
    Follow.objects.filter(topic=cast.topics["open"], member=cast.people["jan"]).update(wants=False)

    answer(by=cast.people["jan"], topic=cast.topics["open"], text="Again", now=LATER)

    assert not Follow.objects.get(topic=cast.topics["open"], member=cast.people["jan"]).wants


def test_what_is_written_cannot_run(cast: Cast) -> None:
    post = answer(
        by=cast.people["mod"], topic=cast.topics["open"], text="<script>x()</script> & <b>", now=LATER
    )

    assert "<script" not in post.body_html
    assert post.body_text == "<script>x()</script> & <b>"


@pytest.mark.parametrize(("minutes", "free"), [(0, True), (30, True), (30.02, False), (60 * 24 * 365, False)])
def test_a_change_is_free_for_30_minutes_and_needs_a_note_after(
    cast: Cast, minutes: float, free: bool
) -> None:
    moment = NOW + timedelta(minutes=minutes)
    if not free:
        with pytest.raises(Invalid):
            edit_post(by=cast.people["maria"], post=mine(cast), text="New", version=1, note=" ", now=moment)
        assert mine(cast).version == 1

    kept = edit_post(
        by=cast.people["maria"],
        post=mine(cast),
        text="New",
        version=1,
        note="" if free else "a word",
        now=moment,
    )

    assert (kept.source, kept.body_text, kept.version, kept.edited_at) == ("New", "New", 2, moment)
    assert mine(cast).edit_note == ("" if free else "a word")


def test_what_a_post_said_before_is_kept_each_time(cast: Cast) -> None:
    first = mine(cast).source
    edit_post(by=cast.people["maria"], post=mine(cast), text="Second", version=1, now=NOW)
    edit_post(by=cast.people["maria"], post=mine(cast), text="Third", version=2, now=NOW)

    kept = PostVersion.objects.filter(post=mine(cast)).order_by("version").values_list("version", "source")
    assert list(kept) == [(1, first), (2, "Second")]


def test_a_change_made_on_another_device_meanwhile_is_a_conflict_and_loses_nothing(cast: Cast) -> None:
    edit_post(by=cast.people["maria"], post=mine(cast), text="From the phone", version=1, now=NOW)

    with pytest.raises(Conflict):
        edit_post(by=cast.people["maria"], post=mine(cast), text="From the desk", version=1, now=NOW)

    assert (mine(cast).source, mine(cast).version) == ("From the phone", 2)


def test_the_same_words_again_change_nothing(cast: Cast) -> None:
    same = mine(cast).source
    edit_post(by=cast.people["maria"], post=mine(cast), text=f"  {same}\n", version=1, now=LATER)

    assert (mine(cast).version, mine(cast).edited_at, PostVersion.objects.count()) == (1, None, 0)
    assert not Happening.objects.filter(kind="post_edited").exists()


@pytest.mark.parametrize("role", ["jan", "mod", "steward"])
def test_only_its_author_changes_a_post(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        edit_post(by=cast.people[role], post=mine(cast), text="Other words", version=1, now=NOW)


def test_after_a_change_only_the_new_words_are_found(cast: Cast) -> None:
    edit_post(by=cast.people["maria"], post=mine(cast), text="Rhubarb", version=1, now=NOW)

    entry = SearchEntry.objects.get(subject_kind="post", subject_id=mine(cast).pk)
    assert (entry.body_text, entry.title) == ("Rhubarb", cast.topics["open"].title)


def test_lists_show_how_a_conversation_begins_after_its_first_post_was_changed(cast: Cast) -> None:
    first = Post.objects.get(topic=cast.topics["open"], number=1)

    edit_post(by=cast.people["maria"], post=first, text="My number is gone.", version=1, now=NOW)

    assert Topic.objects.get(pk=first.topic_id).opening == "My number is gone."


def test_an_answer_by_mail_leaves_what_is_being_typed_on_the_page(cast: Cast) -> None:
    place = f"topic:{cast.topics['open'].pk}"
    save_draft(by=cast.people["jan"], place=place, title="", text="Half a th", now=NOW)

    answer(by=cast.people["jan"], topic=cast.topics["open"], text="Short", via=Via.EMAIL, now=NOW)

    assert Draft.objects.get(member=cast.people["jan"]).text == "Half a th"


def test_a_title_of_which_nothing_is_seen_is_none(cast: Cast) -> None:
    topic = start_topic(
        by=cast.people["mod"], space=cast.spaces["open"], title="\u200b\u2060", text="Snow today", now=LATER
    )

    assert topic.title == "Snow today"
