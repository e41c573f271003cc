"""What every reader of an archive yields, and what it found odd on the way."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

EXAMPLES_KEPT = 3


class Oddity(StrEnum):
    """Something that is not as it should be; the message is kept all the same, unless the name says otherwise."""

    BAD_DATE = "bad date"
    NO_DATE = "no date"
    NO_MESSAGE_ID = "no message id"
    SAME_ID_OTHER_TEXT = "same id, other text"
    NO_SENDER = "no sender"
    NO_TEXT = "no text"
    BAD_CHARSET = "bad charset"
    BAD_STRUCTURE = "bad structure"
    TEXT_CUT = "text cut"
    MAYBE_TWO_MESSAGES = "maybe two messages"
    PARENT_MISSING = "parent missing"
    LOOP_BROKEN = "loop broken"
    MODERATOR_ACTION = "moderator action"
    HIDDEN = "hidden"
    DELETED_LEFT_OUT = "deleted, left out"
    PRIVATE_LEFT_OUT = "private, left out"
    UNREADABLE_LEFT_OUT = "unreadable, left out"
    POSTS_NOT_IN_FILE = "posts not in the file"


LEFT_OUT = frozenset({Oddity.DELETED_LEFT_OUT, Oddity.PRIVATE_LEFT_OUT, Oddity.UNREADABLE_LEFT_OUT})


@dataclass(slots=True)
class Oddities:
    """Counts of oddities, with the first examples of each, said as a place in the file."""

    counts: Counter[Oddity] = field(default_factory=Counter)
    examples: dict[Oddity, list[str]] = field(default_factory=dict)

    def note(self, oddity: Oddity, example: str, times: int = 1) -> None:
        """Count one more of this kind; the first few examples are kept."""
        self.counts[oddity] += times
        kept = self.examples.setdefault(oddity, [])
        if len(kept) < EXAMPLES_KEPT:
            kept.append(example[:120])

    @property
    def left_out(self) -> int:
        """How many posts were read and deliberately not handed on."""
        return sum(self.counts[oddity] for oddity in LEFT_OUT)


class FoundBy(StrEnum):
    """How the parent of a message was found."""

    REFERENCES = "references"
    IN_REPLY_TO = "in-reply-to"
    REPLY_NUMBER = "reply number"
    SUBJECT = "subject"
    SHARED_PARENT = "shared parent"
    STARTS_THREAD = "starts thread"


@dataclass(frozen=True, slots=True)
class ImportedPost:
    """One message of an archive, ready for the domain. `text` or `html` is filled, not both.

    `thread_key` names the thread, also when the message that began it is not in the archive. `title` is the title of
    the whole thread. `parent_source_id` may name a message of an earlier import. The last three fields let a later
    import go on with the thread.
    """

    source_id: str
    thread_key: str
    parent_source_id: str | None
    author_key: str
    author_name: str
    author_address_hash: str | None
    title: str
    written_at: datetime
    text: str = ""
    html: str = ""
    attachments: tuple[str, ...] = ()
    subject_key: str = ""
    missing_parent: str = ""
    is_reply: bool = False
