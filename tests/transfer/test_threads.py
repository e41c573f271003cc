"""Who answers whom: headers first, then subjects, whatever is missing, wrong or circular."""

from datetime import timedelta

from hearth.transfer.records import FoundBy, Oddities, Oddity
from hearth.transfer.threads import Forest, Head, Place, Placed
from tests.transfer.archives import START


def head(
    name: str,
    hours: float,
    *references: str,
    to: tuple[str, ...] = (),
    subject: str = "",
    former: str = "",
    reply: bool = False,
) -> Head:
    return Head(name, START + timedelta(hours=hours), references, to, subject, former, reply)


def grown(*heads: Head, known: tuple[Placed, ...] = (), oddities: Oddities | None = None) -> Forest:
    forest = Forest(known, oddities)
    for each in heads:
        forest.add(each)
    forest.grow()
    return forest


def parents(forest: Forest) -> dict[str, str | None]:
    return {each.source_id: forest.place(each.source_id).parent for each in forest.heads()}


def test_the_last_reference_is_the_parent() -> None:
    forest = grown(head("a", 0), head("b", 1, "a"), head("c", 2, "a", "b"))
    assert forest.place("c") == Place("b", "a", FoundBy.REFERENCES)
    assert (forest.report.named, forest.report.kept, forest.report.threads) == (2, 2, 1)


def test_in_reply_to_serves_where_references_lead_nowhere() -> None:
    forest = grown(head("a", 0), head("b", 1, "lost-one", to=("a",)), head("c", 2, to=("a",)))
    assert forest.place("b") == Place("a", "a", FoundBy.IN_REPLY_TO)
    assert forest.place("c") == Place("a", "a", FoundBy.IN_REPLY_TO)


def test_a_lost_parent_leaves_the_nearest_ancestor() -> None:
    forest = grown(head("a", 0), head("c", 2, "a", "lost"), head("d", 3, "lost"))
    assert parents(forest) == {"a": None, "c": "a", "d": "a"}


def test_two_answers_to_a_lost_message_share_a_thread() -> None:
    forest = grown(head("b", 1, "lost"), head("c", 2, "lost"), head("x", 3))
    assert forest.place("b") == Place(None, "lost", FoundBy.STARTS_THREAD)
    assert forest.place("c") == Place(None, "lost", FoundBy.SHARED_PARENT)
    assert forest.report.threads == 2


def test_messages_that_name_each_other_are_no_loop_and_the_older_leads() -> None:
    oddities = Oddities()
    forest = grown(head("a", 0, "b"), head("b", 1, "a"), head("c", 2, "c"), oddities=oddities)
    assert parents(forest) == {"a": None, "b": "a", "c": None}
    assert oddities.counts[Oddity.LOOP_BROKEN] == 2


def test_a_long_loop_is_cut_once() -> None:
    forest = grown(head("a", 0, "c"), head("b", 1, "a"), head("c", 2, "b"))
    assert parents(forest) == {"a": None, "b": "a", "c": "b"}


def test_an_answer_dated_before_its_parent_stays_its_answer() -> None:
    forest = grown(head("a", 5), head("b", 1, "a"))
    assert forest.place("b") == Place("a", "a", FoundBy.REFERENCES)


def test_an_id_that_was_cut_off_still_finds_its_message() -> None:
    forest = grown(head("20240506.1234@mail.lista.example", 0), head("b", 1, to=("20240506.1234@mail.li",)))
    assert forest.place("b").parent == "20240506.1234@mail.lista.example"


def test_an_answer_without_headers_joins_the_latest_message_of_its_subject() -> None:
    forest = grown(
        head("a", 0, subject="boat"),
        head("b", 1, "a", subject="boat", reply=True),
        head("c", 9, subject="boat", reply=True),
    )
    assert forest.place("c") == Place("b", "a", FoundBy.SUBJECT)


def test_the_same_subject_after_a_long_time_begins_anew() -> None:
    forest = grown(head("a", 0, subject="boat"), head("b", 24 * 60, subject="boat", reply=True))
    assert forest.place("b").parent is None


def test_the_same_subject_without_a_reply_word_begins_anew() -> None:
    forest = grown(head("a", 0, subject="boat"), head("b", 1, subject="boat"))
    assert forest.place("b").parent is None


def test_where_a_list_cuts_reply_words_off_the_same_subject_is_an_answer() -> None:
    pairs = [
        (head(f"q{n}", n, subject=f"s{n}"), head(f"r{n}", n + 0.5, f"q{n}", subject=f"s{n}"))
        for n in range(25)
    ]
    forest = grown(*(each for pair in pairs for each in pair), head("late", 30, subject="s7"))
    assert forest.place("late") == Place("r7", "q7", FoundBy.SUBJECT)


def test_a_changed_subject_finds_the_thread_of_the_former() -> None:
    forest = grown(head("a", 0, subject="boat"), head("b", 1, subject="rowing (was: boat)", former="boat"))
    assert forest.place("b") == Place("a", "a", FoundBy.SUBJECT)


def test_an_answer_whose_clock_is_late_finds_its_question() -> None:
    forest = grown(head("a", 3, subject="boat"), head("b", 2, subject="boat", reply=True))
    assert forest.place("b").parent == "a"


def test_a_thread_goes_on_in_a_later_import() -> None:
    known = (
        Placed("a", "a", START, "boat"),
        Placed("b", "a", START + timedelta(hours=1), "boat", is_reply=True),
        Placed("z", "lost", START, "lake", missing_parent="lost"),
    )
    forest = grown(
        head("c", 5, "b"),
        head("d", 6, subject="boat", reply=True),
        head("e", 7, "lost"),
        head("f", 8),
        known=known,
    )
    assert [forest.place(name).thread_key for name in "cdef"] == ["a", "a", "lost", "f"]
    assert (forest.place("c").parent, forest.place("d").parent) == ("b", "b")


def test_a_lost_message_that_turns_up_later_joins_its_answers() -> None:
    known = (Placed("b", "lost", START, missing_parent="lost"),)
    forest = grown(head("older", -5), head("lost", -1, "older"), known=known)
    assert {forest.place(name).thread_key for name in ("older", "lost")} == {"lost"}


def test_threads_of_a_hundred_thousand_messages_in_one_chain_are_found() -> None:
    forest = grown(*(head(f"m{n:06}", n / 60, f"m{n - 1:06}") for n in range(100_000)))
    assert forest.place("m099999").thread_key == "m-00001"
    assert forest.report.threads == 1
