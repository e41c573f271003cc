"""A small workshop on a whole Hearth of its own: everybody sees each step, and a restart in the middle loses nothing."""

from bench.workshop import Plan, at, faults, run


def test_five_people_lose_lines_and_the_server_is_restarted_and_every_word_is_kept_once() -> None:
    plan = Plan(people=5, droppers=1, restarts=1, writing=3, groups_each=2, fetches_each=0, pace=0.1)
    outcome = run(plan)

    assert faults(outcome.said, outcome.kept) == []
    assert (len(outcome.said.contributions), outcome.kept["ending"], outcome.kept["authors"]) == (
        25,
        "adopted",
        0,
    )
    assert {one.partition(" ")[0] for one in outcome.control} == {"lost", "doubled"}
    assert list(outcome.shown) == ["write", "read", "group", "feel", "ladder", "propose", "answer", "adopt"]
    # 2 s is the promise on a machine of its own; beside a whole run of tests it may take longer.
    assert at(outcome.waits, 0.95) < 6
