"""What an import did, in plain words for the person at the terminal."""

from collections.abc import Iterator

from hearth.transfer.actions import Summary
from hearth.transfer.records import FoundBy, Oddities, Oddity
from hearth.transfer.threads import ThreadReport

WORDS = {
    Oddity.BAD_DATE: "with a date that cannot be right; the date of arrival was taken",
    Oddity.NO_DATE: "without a date; the date of arrival was taken",
    Oddity.NO_MESSAGE_ID: "without an id; one was made from the content",
    Oddity.SAME_ID_OTHER_TEXT: "with the id of another message but other words; both are kept",
    Oddity.NO_SENDER: "without a sender",
    Oddity.NO_TEXT: "without text",
    Oddity.BAD_CHARSET: "in letters of an unnamed or wrong kind; the kind was guessed",
    Oddity.BAD_STRUCTURE: "damaged inside; what can be read is kept",
    Oddity.TEXT_CUT: "longer than 400,000 letters, cut there",
    Oddity.MAYBE_TWO_MESSAGES: "perhaps with a second message inside that could not be told apart",
    Oddity.PARENT_MISSING: "in answer to a message that the archive does not have",
    Oddity.LOOP_BROKEN: "with itself or its own answer as parent; that was ignored",
    Oddity.MODERATOR_ACTION: "about what a moderator did",
    Oddity.HIDDEN: "hidden there; the notice in its place is kept",
    Oddity.DELETED_LEFT_OUT: "deleted there, left out",
    Oddity.PRIVATE_LEFT_OUT: "private there, left out",
    Oddity.UNREADABLE_LEFT_OUT: "unreadable, left out",
    Oddity.POSTS_NOT_IN_FILE: "named by the files but not in them",
}
WAYS = {
    FoundBy.REFERENCES: "by References",
    FoundBy.IN_REPLY_TO: "by In-Reply-To",
    FoundBy.REPLY_NUMBER: "by the forum's own numbers",
    FoundBy.SUBJECT: "by the same subject",
    FoundBy.SHARED_PARENT: "beside another answer to a lost message",
}


def lines(
    summary: Summary, threads: ThreadReport, oddities: Oddities, *, read: int, dry_run: bool
) -> Iterator[tuple[str, str]]:
    """Pairs of a label and what it says, in the order in which they are shown."""
    where = f" in {_many(threads.threads, 'thread')}" if threads.threads else ""
    yield "Read", f"{_many(read, 'message')}{where}"
    yield "New", f"{_many(summary.made, 'post')} {'would be ' if dry_run else ''}made, {_topics(summary)}"
    yield "Already there", f"{summary.already_there:,}"
    yield "Counted twice", _many(summary.duplicates, "copy", "copies")
    yield "Left out", f"{oddities.left_out:,}"
    yield "People", f"{_many(summary.guests_made, 'new guest')}, who may claim their posts later"
    yield from _labelled("Answers", list(_answers(threads)))
    yield from _labelled("Odd", list(_odd(oddities)))


def _labelled(label: str, rows: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip([label, *[""] * len(rows)], rows, strict=False)


def _answers(threads: ThreadReport) -> Iterator[str]:
    for way, words in WAYS.items():
        if threads.found_by[way]:
            yield f"{threads.found_by[way]:,} found {words}"
    if threads.named:
        kept = f"{threads.share_kept:.1%} ({threads.kept:,} of {threads.named:,})"
        yield f"{kept} of the parents that are named and present were kept"


def _odd(oddities: Oddities) -> Iterator[str]:
    for oddity, count in sorted(oddities.counts.items(), key=lambda pair: -pair[1]):
        yield f"{count:,} {WORDS[oddity]}"
        yield from (f"  {example}" for example in oddities.examples[oddity])


def _topics(summary: Summary) -> str:
    made = f"in {_many(summary.topics_made, 'new topic')}"
    return f"{made} and {summary.topics_continued:,} that go on" if summary.topics_continued else made


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
