"""Killing what runs while people answer loses nothing and doubles nothing; and the count would see it if it did.

The full run of 500 answers and 50 kills is `python -m tests.faults.kill`; its outcome stands in docs/faults.md.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.faults.kill import Plan, Run, is_as_promised, report, run
from tests.faults.ledger import count, open_file

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux", reason="finds the processes to kill in /proc, which only Linux has"
    ),
    pytest.mark.skipif(
        bool(os.environ.get("HEARTH_DATABASE_URL")),
        reason="makes a SQLite database of its own: runs with the tests on SQLite",
    ),
]

# The newest post that stands once: to spoil one of a doubled pair would lose nothing.
POST = (
    "(SELECT max(id) FROM conversations_post"
    " WHERE source IN (SELECT source FROM conversations_post GROUP BY source HAVING count(*) = 1))"
)
# What could go wrong, as the statement that makes it so, and the line of the ledger that must show it.
PLANTED = {
    "lost": f"UPDATE conversations_post SET source = 'other words' WHERE id = {POST}",
    "numbers_wrong": f"UPDATE conversations_post SET number = number + 1000 WHERE id = {POST}",
    "happenings_wrong": f"UPDATE happenings_happening SET subject_id = 0 WHERE kind = 'post_written' AND subject_id = {POST}",
    "reactions_not_done_once": "UPDATE happenings_reaction SET done_at = NULL WHERE id = (SELECT max(id) FROM happenings_reaction)",
    "deliveries_missing_or_doubled": "DELETE FROM channels_delivery WHERE id = (SELECT max(id) FROM channels_delivery)",
    "deliveries_not_sent": "UPDATE channels_delivery SET state = 'given_up' WHERE id = (SELECT max(id) FROM channels_delivery)",
    "index_wrong": f"DELETE FROM search_searchentry WHERE subject_kind = 'post' AND subject_id = {POST}",
}


def test_killing_web_and_worker_loses_nothing_and_doubles_nothing() -> None:
    plan = Plan(answers=60, kills=6)
    done = run(plan)
    print(report(plan, done))

    assert done.ledger
    assert (done.ledger.faults(), done.killed.total(), len(done.accepted)) == ({}, 6, 60)
    assert is_as_promised(done)


def test_without_form_tokens_doubles_do_appear_and_the_ledger_sees_every_fault(tmp_path: Path) -> None:
    seen: dict[str, set[str]] = {}

    def plant(file: Path, done: Run) -> None:
        for line, statement in PLANTED.items():
            copy = tmp_path / f"{line}.sqlite3"
            shutil.copy(file, copy)
            with open_file(copy) as db:
                db.execute(statement)
            seen[line] = set(count(copy, done.accepted, done.mails).faults())

    done = run(Plan(answers=24, kills=0, drops=0.4, tokens=False), look=plant)

    assert done.ledger
    assert set(done.ledger.faults()) == {"doubled"}
    assert [line for line in PLANTED if line not in seen[line]] == []
