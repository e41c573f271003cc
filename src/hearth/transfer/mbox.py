"""The mbox format in its dialects, Mailman 2 text archives included: where one message ends and the next begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hearth.transfer.records import Oddities, Oddity

DAY, MONTH = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
FROM_LINE = re.compile(
    rb"^From .*?(?P<date>"
    + DAY
    + rb",? +(?:"
    + MONTH
    + rb" +\d{1,2}|\d{1,2}[ -]"
    + MONTH
    + rb")\b.*\d\d:\d\d.*)$"
)
PROOF = re.compile(rb"^>?(?:from|date|message-id|received|return-path|x-from)[ \t]*:", re.IGNORECASE)
HEADER = re.compile(rb"^[!-9;-~]+[ \t]*:|^[ \t]|^>?From ")
LOOK_AHEAD = 60


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


def split(lines: Iterable[bytes], name: str, oddities: Oddities) -> Iterator[RawMessage]:
    """Cut a file at its From_ lines. A "From " line inside a text does not cut: it has no date or no headers follow."""
    reader = _Lookahead(lines)
    sent_line, held, number, after_blank = "", list[bytes](), 0, True
    for line in reader:
        starts = line.startswith(b"From ") and after_blank and reader.headers_follow()
        found = FROM_LINE.match(line.rstrip()) if starts else None
        if starts and not found:
            oddities.note(Oddity.MAYBE_TWO_MESSAGES, f"{name}, message {number}: {line[:60]!r}")
        if found:
            if b"".join(held).strip():
                number += 1
                yield RawMessage(name, number, sent_line, b"".join(held))
            sent_line, held = found["date"].decode("ascii", "replace"), []
        else:
            held.append(line)
        after_blank = not line.strip()
    if b"".join(held).strip():
        yield RawMessage(name, number + 1, sent_line, b"".join(held))


class _Lookahead:
    """Lines that can be looked at before their turn."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines, self._ahead = iter(lines), list[bytes]()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            line = self._ahead.pop(0) if self._ahead else next(self._lines, None)
            if line is None:
                return
            yield line

    def headers_follow(self) -> bool:
        """Whether a block of header lines comes next, among them one that mail always has."""
        for at in range(LOOK_AHEAD):
            if at == len(self._ahead):
                self._ahead.append(next(self._lines, b""))
            line = self._ahead[at]
            if PROOF.match(line):
                return True
            if not line.strip() or not HEADER.match(line):
                return False
        return False
