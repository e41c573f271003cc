"""What was promised and what is there, counted in the database file itself, past all of our own code."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

OURS = "conversations_post p JOIN conversations_topic t ON t.id = p.topic_id JOIN spaces_space s ON s.id = t.space_id"
IN_KITCHEN = "s.slug = 'kitchen'"


@dataclass
class Ledger:
    """Every line but the first ones must be 0."""

    answers_accepted: int
    posts_kept: int
    deliveries: int
    mails_handed_over: int
    lost: int = 0
    doubled: int = 0
    numbers_wrong: int = 0
    happenings_wrong: int = 0
    reactions_not_done_once: int = 0
    deliveries_missing_or_doubled: int = 0
    deliveries_not_sent: int = 0
    mails_never_handed_over: int = 0
    index_wrong: int = 0
    drafts_left: int = 0

    def faults(self) -> dict[str, int]:
        """Return the lines that are not as promised."""
        free = {"answers_accepted", "posts_kept", "deliveries", "mails_handed_over"}
        return {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in free and getattr(self, one.name)
        }


def open_file(file: Path) -> sqlite3.Connection:
    """Open the database beside the running parts; a reader never waits for a writer (WAL)."""
    return sqlite3.connect(file, timeout=30)


def count(file: Path, accepted: Sequence[str], mails: Mapping[tuple[str, str], int]) -> Ledger:
    """Compare the answers that were accepted, and the mails (receiver, Message-ID) that arrived, with what is kept."""
    with open_file(file) as db:
        texts = Counter(
            row[0] for row in db.execute(f"SELECT p.source FROM {OURS} WHERE {IN_KITCHEN} AND p.number > 1")
        )
        ledger = Ledger(
            len(accepted),
            sum(texts.values()),
            _one(db, "SELECT count(*) FROM channels_delivery"),
            sum(mails.values()),
        )
        ledger.lost = sum(text not in texts for text in accepted)
        ledger.doubled = sum(number - 1 for number in texts.values())
        ledger.numbers_wrong = _one(db, NUMBERS)
        ledger.happenings_wrong = _one(db, HAPPENINGS)
        ledger.reactions_not_done_once = _one(db, REACTIONS)
        ledger.deliveries_missing_or_doubled = _one(db, DELIVERIES)
        ledger.deliveries_not_sent = _one(db, "SELECT count(*) FROM channels_delivery WHERE state <> 'sent'")
        planned = db.execute(
            "SELECT d.address, m.message_id FROM channels_delivery d JOIN channels_mail m ON m.id = d.mail_id"
        )
        ledger.mails_never_handed_over = sum(row not in mails for row in planned)
        ledger.index_wrong = _one(db, INDEX)
        ledger.drafts_left = _one(db, "SELECT count(*) FROM conversations_draft")
    return ledger


def waiting(file: Path) -> int:
    """Return how much is still to be done."""
    with open_file(file) as db:
        return _one(
            db, "SELECT count(*) FROM happenings_reaction WHERE done_at IS NULL AND parked_at IS NULL"
        ) + _one(
            db, "SELECT count(*) FROM channels_delivery WHERE state NOT IN ('sent', 'bounced', 'given_up')"
        )


def let_leases_end(file: Path) -> None:
    """Let the time pass after which another worker may take up what a dead one held."""
    with open_file(file) as db:
        db.execute("UPDATE channels_delivery SET due_at = changed_at WHERE state = 'claimed'")
        db.execute(
            "UPDATE happenings_reaction SET due_at = datetime('now', '-3 seconds') WHERE done_at IS NULL AND parked_at IS NULL"
        )


def _one(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


# Topics whose numbers are not 1, 2, 3 … to their own count.
NUMBERS = """
SELECT count(*) FROM (
    SELECT t.id FROM conversations_topic t JOIN conversations_post p ON p.topic_id = t.id
    GROUP BY t.id, t.post_count
    HAVING min(p.number) <> 1 OR max(p.number) <> count(*) OR count(DISTINCT p.number) <> count(*) OR t.post_count <> count(*)
)"""
# Posts that do not have exactly one happening.
HAPPENINGS = """
SELECT count(*) FROM conversations_post p WHERE 1 <> (
    SELECT count(*) FROM happenings_happening h
    WHERE h.kind = 'post_written' AND h.subject_kind = 'post' AND h.subject_id = p.id
)"""
# Happenings of posts whose one reaction is not there once, or not done, or parked.
REACTIONS = """
SELECT count(*) FROM happenings_happening h WHERE h.kind = 'post_written' AND 1 <> (
    SELECT count(*) FROM happenings_reaction r
    WHERE r.happening_id = h.id AND r.name = 'tell_followers' AND r.done_at IS NOT NULL AND r.parked_at IS NULL
)"""
# Pairs of a post and a follower, not its author, that do not have exactly one delivery.
DELIVERIES = f"""
SELECT count(*) FROM {OURS} JOIN conversations_follow f ON f.topic_id = p.topic_id AND f.wants AND f.member_id <> p.author_id
WHERE {IN_KITCHEN} AND 1 <> (
    SELECT count(*) FROM channels_delivery d JOIN channels_mail m ON m.id = d.mail_id
    WHERE d.member_id = f.member_id AND m.origin = 'post:' || p.id || ':en'
)"""
INDEX = """
SELECT count(*) FROM conversations_post p WHERE 1 <> (
    SELECT count(*) FROM search_searchentry e WHERE e.subject_kind = 'post' AND e.subject_id = p.id
)"""
