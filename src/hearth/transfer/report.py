"""What an import did, in plain words for the person at the terminal."""

from collections.abc import Iterator

from hearth.transfer.actions import Summary
from hearth.transfer.records import FoundBy, Oddities, Oddity
from hearth.transfer.threads import ThreadReport

WORDS = {
    Oddity.BAD_DATE: "had a date that cannot be right; the date of arrival was taken",
    Oddity.NO_DATE: "had no date; the date of arrival was taken",
    Oddity.NO_MESSAGE_ID: "had no id; one was made from the content",
    Oddity.SAME_ID_OTHER_TEXT: "had the id of another message but other words; both are kept",
    Oddity.NO_SENDER: "did not say who wrote them",
    Oddity.NO_TEXT: "had no text",
    Oddity.BAD_CHARSET: "did not say truly how letters are written; it was guessed",
    Oddity.BAD_STRUCTURE: "were damaged inside; what can be read is kept",
    Oddity.TEXT_CUT: "were longer than 400,000 letters and were cut",
    Oddity.MAYBE_TWO_MESSAGES: "may hold a second message that could not be told apart",
    Oddity.PARENT_MISSING: "answer a message that the archive does not have",
    Oddity.LOOP_BROKEN: "named themselves or their own answers as parent; that was ignored",
    Oddity.MODERATOR_ACTION: "say what a moderator did",
    Oddity.HIDDEN: "were hidden there; the notice in their place is kept",
    Oddity.DELETED_LEFT_OUT: "were deleted there and are left out",
    Oddity.PRIVATE_LEFT_OUT: "were private there and are left out",
    Oddity.UNREADABLE_LEFT_OUT: "cannot be read and are left out",
    Oddity.POSTS_NOT_IN_FILE: "are named by the files but not in them",
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
    yield "Read", f"{read:,} messages in {threads.threads:,} threads"
    would = "would be " if dry_run else ""
    yield "New", f"{summary.made:,} posts {would}made, in {_topics(summary)}"
    yield "Already there", f"{summary.already_there:,}"
    yield "Counted twice", f"{summary.duplicates:,} copies of a message in the same files"
    yield "Left out", f"{oddities.left_out:,}"
    yield "People", f"{summary.guests_made:,} new guests, who may claim their posts later"
    for way, words in WAYS.items():
        if threads.found_by[way]:
            yield "Answers", f"{threads.found_by[way]:,} found {words}"
    if threads.named:
        yield "", f"{threads.share_kept:.1%} of the parents named by headers and present were kept"
    for oddity, count in sorted(oddities.counts.items(), key=lambda pair: -pair[1]):
        yield "Odd", f"{count:,} {WORDS[oddity]} ({'; '.join(oddities.examples[oddity])})"


def _topics(summary: Summary) -> str:
    made = f"{summary.topics_made:,} new topics"
    return f"{made} and {summary.topics_continued:,} that go on" if summary.topics_continued else made
