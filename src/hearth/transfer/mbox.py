"""The mbox format in its dialects, Mailman 2 text archives included: where one message ends and the next begins."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hearth.transfer.records import Oddities, Oddity

DAY, MONTH = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
DAY_AND_MONTH = DAY + rb",? +(?:" + MONTH + rb" +\d{1,2}|\d{1,2}[ -]" + MONTH + rb")"
FROM_LINE = re.compile(rb"^From .*?(?P<date>" + DAY_AND_MONTH + rb"\b.*\d\d:\d\d.*)$")
PROOF = re.compile(rb"^>?(?:from|date|message-id|received|return-path|x-from)[ \t]*:", re.IGNORECASE)
HEADER = re.compile(rb"^[!-9;-~]+[ \t]*:|^[ \t]|^>?From ")
POSSIBLE_CUT = re.compile(rb"\n[ \t\r]{0,80}\n(From [^\n]{0,998}\n)")
LONGEST_CUT = 1_200
LOOK_AHEAD = 60
LOOK_AHEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message as it lies in the file. `sent_line` is the date of its From_ line, empty without one."""

    file: str
    number: int
    sent_line: str
    content: bytes

    @property
    def where(self) -> str:
        """The place of the message, for people."""
        return f"{self.file}, message {self.number}"


def split(blocks: Iterable[bytes], name: str, oddities: Oddities) -> Iterator[RawMessage]:
    """Cut a file at its From_ lines. A "From " line inside a text does not cut: it has no date or no headers follow."""
    window, number, sent_line = _Window(iter(blocks)), 0, ""
    while (cut := window.next_cut()) is not None:
        line, content = cut[1], window.before(cut)
        if not _headers_follow(window.after(cut)):
            continue
        found = FROM_LINE.match(line.rstrip())
        if found is None:
            oddities.note(Oddity.MAYBE_TWO_MESSAGES, f"{name}, message {number + 1}: {line[:60]!r}")
            continue
        if content.strip():
            number += 1
            yield RawMessage(name, number, sent_line, content)
        sent_line = found["date"].decode("ascii", "replace")
        window.pass_by(cut)
    content = window.rest()
    if content.strip():
        yield RawMessage(name, number + 1, sent_line, content)


class _Window:
    """The piece of a file from the beginning of the present message to some way behind the place looked at."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        # A From_ line stands behind an empty line, or at the beginning of the file.
        self._held = bytearray(b"\n\n" + next(blocks, b"").removeprefix(codecs.BOM_UTF8))
        self._looked_at = self._begin = 0

    def next_cut(self) -> re.Match[bytes] | None:
        """The next line that could begin a message, with enough behind it to tell; None at the end of the file."""
        while True:
            cut = POSSIBLE_CUT.search(self._held, self._looked_at)
            if cut and len(self._held) - cut.end() >= LOOK_AHEAD_BYTES:
                break
            block = next(self._blocks, b"")
            if not block:
                break
            # Without a match, the beginning of one may stand at the very end.
            self._looked_at = cut.start() if cut else max(self._looked_at, len(self._held) - LONGEST_CUT)
            if self._begin:
                del cut
                self._held = self._held[self._begin :]
                self._looked_at, self._begin = max(0, self._looked_at - self._begin), 0
            self._held += block
        if cut:
            self._looked_at = cut.end() - 1
        return cut

    def before(self, cut: re.Match[bytes]) -> bytes:
        """The present message up to this line."""
        return bytes(self._held[self._begin : cut.start(1)])

    def after(self, cut: re.Match[bytes]) -> bytes:
        """What follows this line."""
        return bytes(self._held[cut.end() : cut.end() + LOOK_AHEAD_BYTES])

    def pass_by(self, cut: re.Match[bytes]) -> None:
        """Begin the next message behind this line."""
        self._begin = cut.end()

    def rest(self) -> bytes:
        """The last message."""
        return bytes(self._held[self._begin :])


def _headers_follow(text: bytes) -> bool:
    """Whether a block of header lines comes next, among them one that mail always has."""
    for line in text.split(b"\n", LOOK_AHEAD)[:LOOK_AHEAD]:
        if PROOF.match(line):
            return True
        if not line.strip() or not HEADER.match(line):
            return False
    return False
