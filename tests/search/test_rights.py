"""Nobody finds what is not for them."""

from hearth.communities.models import Community
from hearth.core.tenancy import tenant
from hearth.search.actions import forget, index, rebuild
from hearth.search.models import SearchEntry
from tests.search.conftest import Put, entry, make_community, search

MANY = [f"space:{number}" for number in range(1, 9)]


def test_words_of_another_community_are_never_found(community: Community, put: Put) -> None:
    put("canary of the north")
    other = make_community("south")
    with tenant(other):
        index([entry(900, "canary of the south", title="canary")])
        for audiences in (["space:1"], MANY):
            for order in ("best", "newest"):
                assert search("canary", audiences=audiences, order=order) == [900]
    for audiences in (["space:1"], MANY):
        for order in ("best", "newest"):
            assert search("canary", audiences=audiences, order=order) == [1]


def test_an_audience_that_is_not_the_readers_is_never_found(community: Community, put: Put) -> None:
    mine = put("canary here", audience="space:2")
    put("canary there", audience="space:21")
    put("canary elsewhere", audience="space:3", title="canary")
    for audiences in (["space:2"], ["space:2", *(f"space:{n}" for n in range(100, 120))]):
        for order in ("best", "newest"):
            assert search("canary", audiences=audiences, order=order) == [mine]


def test_a_reader_of_nothing_finds_nothing(community: Community, put: Put) -> None:
    put("canary")
    assert search("canary", audiences=[]) == []


def test_marks_of_the_index_cannot_be_asked_for(community: Community, put: Put) -> None:
    put("canary")
    assert search(f"\ue000{community.pk}") == []


def test_what_moves_to_another_audience_goes_along(community: Community, put: Put) -> None:
    put("canary")
    index([entry(1, "canary", audience="space:2")])
    assert search("canary") == []
    assert search("canary", audiences=["space:2"]) == [1]


class TestWrites:
    def test_a_changed_text_is_found_by_its_new_words_only(self, community: Community, put: Put) -> None:
        put("the old word")
        index([entry(1, "the new word")])
        assert search("old") == []
        assert search("new") == [1]
        assert SearchEntry.objects.count() == 1

    def test_the_last_of_two_texts_of_one_subject_counts(self, community: Community) -> None:
        index([entry(1, "first"), entry(1, "second")])
        assert search("first") == []
        assert search("second") == [1]

    def test_a_forgotten_subject_is_not_found(self, community: Community, put: Put) -> None:
        put("canary one")
        left = put("canary two")
        put("canary three", kind="answer")
        assert forget("post", [1, 3, 99]) == 1
        assert sorted(search("canary")) == [left, 3]

    def test_another_communitys_subjects_cannot_be_forgotten(self, community: Community, put: Put) -> None:
        put("canary")
        with tenant(make_community("south")):
            assert forget("post", [1]) == 0
        assert search("canary") == [1]

    def test_a_community_that_goes_leaves_no_word_behind(self, community: Community, put: Put) -> None:
        put("canary")
        other = make_community("south")
        with tenant(other):
            index([entry(900, "canary")])
            other.delete()
        assert search("canary") == [1]

    def test_rebuilding_replaces_everything(self, community: Community, put: Put) -> None:
        put("canary of old")
        entries = (entry(number, f"canary {number}") for number in range(10, 1210))
        assert rebuild(entries) == 1200
        assert search("old") == []
        assert search("canary 1199") == [1199]

    def test_letters_that_no_database_takes_are_left_out(self, community: Community) -> None:
        index([entry(1, "ca\x00na\ud800ry", title="\x00")])
        assert search("canary") == [1]

    def test_two_kinds_may_have_the_same_number(self, community: Community) -> None:
        index([entry(1, "canary", kind="post"), entry(1, "canary", kind="question")])
        assert search("canary") == [1, 1]
        assert search("canary", kind="question") == [1]
