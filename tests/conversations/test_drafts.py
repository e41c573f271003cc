from datetime import timedelta

from hearth.conversations.actions import forget_drafts, save_draft
from hearth.conversations.models import Draft
from hearth.conversations.queries.drafts import draft_at
from tests.people import NOW, Cast


def test_the_newest_words_stay_whichever_device_they_come_from(cast: Cast) -> None:
    for text in ("On the", "On the phone", "At the desk"):
        save_draft(by=cast.people["jan"], place="topic:1", title="", text=text, now=NOW)

    draft = draft_at(cast.people["jan"], "topic:1")
    assert draft and (draft.text, Draft.objects.count()) == ("At the desk", 1)


def test_a_draft_is_its_writers_and_its_places_alone(cast: Cast) -> None:
    save_draft(by=cast.people["jan"], place="topic:1", title="", text="Mine", now=NOW)

    assert draft_at(cast.people["maria"], "topic:1") is None
    assert draft_at(cast.people["jan"], "topic:2") is None


def test_empty_words_let_the_draft_go_but_a_title_keeps_it(cast: Cast) -> None:
    save_draft(by=cast.people["jan"], place="space:1", title="A title", text=" ", now=NOW)
    assert draft_at(cast.people["jan"], "space:1")

    save_draft(by=cast.people["jan"], place="space:1", title=" ", text="\n", now=NOW)
    assert draft_at(cast.people["jan"], "space:1") is None


def test_drafts_are_forgotten_after_30_days_without_a_touch(cast: Cast) -> None:
    save_draft(by=cast.people["jan"], place="topic:1", title="", text="Old", now=NOW)
    save_draft(by=cast.people["jan"], place="topic:2", title="", text="Young", now=NOW + timedelta(seconds=1))

    assert forget_drafts(now=NOW + timedelta(days=30)) == 0
    assert forget_drafts(now=NOW + timedelta(days=30, seconds=1)) == 1
    assert [draft.text for draft in Draft.objects.all()] == ["Young"]
