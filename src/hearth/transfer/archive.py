"""A mail archive of one or many files as records for the import.

It is read twice, so that memory grows with the number of messages and not with their size: first the headers, which
give threads and people, then the texts, one after the other.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import batched
from pathlib import Path

from hearth.transfer import files, letters, mbox, titles
from hearth.transfer.dates import read_date
from hearth.transfer.people import NameBook, Sender, name_from_address, read_sender
from hearth.transfer.records import ImportedPost, Oddities, Oddity
from hearth.transfer.threads import Forest, Head, Placed

ID_IN_BRACKETS = re.compile(r"<([^<>]{1,800})>")
MOST_REFERENCES = 60
LONGEST_ID = 160
FOOTER = re.compile(rb"\n_{10,}\s*\n.{0,1000}\Z", re.DOTALL)
# Mailman 2 names the same attachment anew each time that it makes its text archive.
SCRUBBED_LINK = re.compile(rb"^Ur[lL] *: <?https?://\S+/attachments/\S+$", re.MULTILINE)
ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
SORTED_TOGETHER = 500
LIST_TAG_SHARE = 0.2
IDENTITY = ("from", "date", "subject", "message-id", "sender")

AddressHash = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the first reading found out about a message and the second needs again."""

    source_id: str
    written_at: datetime


@dataclass(slots=True)
class MailArchive:
    """Reads mbox files. Call `survey()` once, then go through `posts()`; both report bytes to `on_bytes`.

    `known` are messages of earlier imports, whose threads go on here. `hash_address` keeps addresses out of records.
    """

    paths: Sequence[Path]
    now: datetime
    hash_address: AddressHash
    known: Iterable[Placed] = ()
    on_bytes: files.OnBytes | None = None
    oddities: Oddities = field(default_factory=Oddities)
    names: NameBook = field(default_factory=NameBook)
    forest: Forest = field(init=False)
    _marks: list[list[Mark | None]] = field(default_factory=list)
    _titles: dict[str, str] = field(default_factory=dict)

    def survey(self) -> None:
        """Read all headers, then settle threads, titles and names."""
        self.forest = Forest(self.known, self.oddities)
        subjects: dict[str, str] = {}
        tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
        taken: dict[str, bytes] = {}
        # Of two messages with one id, the first keeps it: the same one in every import of the same files.
        self.paths = sorted(self.paths, key=lambda path: path.name)
        for path in self.paths:
            self._marks.append([])
            for message in self._messages(path, self.oddities):
                headers, raw = letters.take_apart(message.content)
                if not any(headers.first(name) for name in IDENTITY):
                    self.oddities.note(Oddity.UNREADABLE_LEFT_OUT, message.where)
                    self._marks[-1].append(None)
                    continue
                head, subject, tag = self._read_head(message, headers, raw, taken)
                self._marks[-1].append(Mark(head.source_id, head.written_at))
                subjects.setdefault(head.source_id, subject)
                tags[message.file][tag] += 1
                self.forest.add(head)
        self.forest.grow()
        self._name_threads(subjects, tags)

    def posts(self) -> Iterator[ImportedPost]:
        """Every message, nearly in the order of time. Duplicates are there: the import counts them."""
        # Files are in the order of arrival, which is that of time but for single letters that were held up.
        for some in batched(self._in_file_order(), SORTED_TOGETHER):
            yield from sorted(some, key=lambda post: post.written_at)

    def _in_file_order(self) -> Iterator[ImportedPost]:
        for marks, path in sorted(
            zip(self._marks, self.paths, strict=True), key=lambda pair: _middle(pair[0])
        ):
            # A mailbox in use may have grown between the two readings: what is new comes with the next import.
            for mark, message in zip(marks, self._messages(path, Oddities()), strict=False):
                if mark:
                    yield self._read_post(mark, message)

    @property
    def read(self) -> int:
        """How many messages the files hold."""
        return sum(len(marks) for marks in self._marks)

    def _messages(self, path: Path, oddities: Oddities) -> Iterator[mbox.RawMessage]:
        return mbox.split(files.blocks(path, self.on_bytes), path.name, oddities)

    def _read_head(
        self, message: mbox.RawMessage, headers: letters.Headers, raw: bytes, taken: dict[str, bytes]
    ) -> tuple[Head, str, str]:
        subject = headers.text("subject")
        title = titles.take_apart(subject)
        sender = read_from(headers)
        self.names.note(self._author_key(sender), sender.name)
        if not (sender.name or sender.address):
            self.oddities.note(Oddity.NO_SENDER, message.where)
        source_id = self._source_id(message, headers, fingerprint(sender, title.key, raw), taken)
        head = Head(
            source_id=source_id,
            written_at=self._written_at(message, headers),
            references=_references(headers, source_id),
            in_reply_to=_in_reply_to(headers, source_id),
            subject_key=title.key,
            former_subject_key=title.former_key,
            is_reply=title.is_reply,
        )
        return head, subject, title.tag

    def _source_id(
        self, message: mbox.RawMessage, headers: letters.Headers, print_: bytes, taken: dict[str, bytes]
    ) -> str:
        """The Message-ID, or a stand-in from the content: the same message gives the same id in every import."""
        stated = message_id(headers)
        if not stated:
            self.oddities.note(Oddity.NO_MESSAGE_ID, message.where)
            date = headers.first("date") or message.sent_line.encode()
            return "hash:" + blake2b(print_ + date, digest_size=16).hexdigest()
        if taken.setdefault(stated, print_) == print_:
            return stated
        self.oddities.note(Oddity.SAME_ID_OTHER_TEXT, message.where)
        return f"{stated}~{print_.hex()[:12]}"

    def _written_at(self, message: mbox.RawMessage, headers: letters.Headers) -> datetime:
        stated = headers.text("date")
        found = read_date(stated, now=self.now)
        if found:
            return found
        oddity = Oddity.BAD_DATE if stated else Oddity.NO_DATE
        self.oddities.note(oddity, f"{message.where}: {stated}" if stated else message.where)
        for text in (
            message.sent_line,
            headers.text("received").rpartition(";")[2],
            headers.text("resent-date"),
        ):
            found = read_date(text, now=self.now)
            if found:
                return found
        before = next((mark.written_at for mark in reversed(self._marks[-1]) if mark), None)
        return before or datetime(1971, 1, 1, tzinfo=UTC)

    def _name_threads(self, subjects: dict[str, str], tags: Mapping[str, Counter[str]]) -> None:
        listed = frozenset(tag for counts in tags.values() for tag in list_tags(counts))
        for head in self.forest.heads():
            thread_key = self.forest.place(head.source_id).thread_key
            if thread_key == head.source_id or thread_key not in self._titles:
                self._titles[thread_key] = titles.shown(subjects[head.source_id], listed)

    def _read_post(self, mark: Mark, message: mbox.RawMessage) -> ImportedPost:
        headers, raw = letters.take_apart(message.content)
        body = letters.read_body(headers, ESCAPED_FROM.sub(rb"\1", raw) if message.sent_line else raw)
        self._note_body(body, message.where)
        sender = read_from(headers)
        key, place, head = (
            self._author_key(sender),
            self.forest.place(mark.source_id),
            self.forest.head(mark.source_id),
        )
        return ImportedPost(
            source_id=mark.source_id,
            thread_key=place.thread_key,
            parent_source_id=place.parent,
            author_key=key,
            author_name=self.names.name_of(key) or name_from_address(sender.address),
            author_address_hash=self.hash_address(sender.address)
            if sender.address and not sender.via
            else None,
            title=self._titles.get(place.thread_key, ""),
            written_at=mark.written_at,
            text=body.text,
            html=body.html,
            attachments=tuple(body.attachments),
            subject_key=head.subject_key if head else "",
            missing_parent=self.forest.missing_parent(mark.source_id) if head else "",
            is_reply=bool(head and head.is_reply),
        )

    def _note_body(self, body: letters.Body, where: str) -> None:
        if not (body.text.strip() or body.html.strip()):
            self.oddities.note(Oddity.NO_TEXT, where)
        for found, oddity in (
            (not body.charset_fits, Oddity.BAD_CHARSET),
            (not body.sound, Oddity.BAD_STRUCTURE),
            (body.cut, Oddity.TEXT_CUT),
        ):
            if found:
                self.oddities.note(oddity, where)

    def _author_key(self, sender: Sender) -> str:
        # Behind a list that sends in its own name, the name is all that tells two people apart.
        if sender.address and not sender.via:
            return "address:" + self.hash_address(sender.address)
        return "name:" + self.hash_address("name:" + sender.name.casefold())


def _middle(marks: Sequence[Mark | None]) -> datetime:
    """The time of a file: its middle message, since single dates may be wrong."""
    times = sorted(mark.written_at for mark in marks if mark)
    return times[len(times) // 2] if times else datetime(1971, 1, 1, tzinfo=UTC)


def read_from(headers: letters.Headers) -> Sender:
    """Who wrote. Where a list put its own address in From (DMARC), the Reply-To usually has the person's."""
    sender = read_sender(headers.text("from") or headers.text("sender"))
    if sender.via and headers.first("reply-to"):
        answer_to = read_sender(headers.text("reply-to"))
        if answer_to.address and answer_to.address != sender.address:
            return Sender(sender.name, answer_to.address)
    return sender


def list_tags(counts: Counter[str]) -> list[str]:
    """The tags that stand before so many subjects of one file that its mailing list must have put them there."""
    total = counts.total()
    return [tag for tag, count in counts.items() if tag and count > 1 and count >= LIST_TAG_SHARE * total]


def fingerprint(sender: Sender, subject_key: str, raw: bytes) -> bytes:
    """Equal for two copies of one message, also when two lists added different footers and subject tags."""
    body = b" ".join(SCRUBBED_LINK.sub(b"", FOOTER.sub(b"", raw.rstrip())).split())
    who = f"{sender.address or sender.name}\n{subject_key}\n".encode()
    return blake2b(who + body, digest_size=16).digest()


def message_id(headers: letters.Headers) -> str:
    """The Message-ID without brackets, with hidden addresses restored; empty if there is none."""
    value = headers.text("message-id")
    inside = ID_IN_BRACKETS.search(value)
    return tidy_id(inside[1] if inside else value.strip("<> "))


def tidy_id(text: str) -> str:
    """One spelling for an id: no blanks, "@" for " at ", a hash in place of an overlong one."""
    text = "".join(re.sub(r"\s+at\s+", "@", text.strip()).split())
    if len(text) <= LONGEST_ID:
        return text
    return text[:80] + "~" + blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _references(headers: letters.Headers, own: str) -> tuple[str, ...]:
    found = [tidy_id(inside) for inside in ID_IN_BRACKETS.findall(headers.text("references"))]
    kept = found if len(found) <= MOST_REFERENCES else [found[0], *found[1 - MOST_REFERENCES :]]
    # An id that stands twice counts where it stands last: the end of the line is nearest to the message.
    nearest_first = dict.fromkeys(name for name in reversed(kept) if name and name != own)
    return tuple(reversed(nearest_first))


def _in_reply_to(headers: letters.Headers, own: str) -> tuple[str, ...]:
    """The ids in the header, not the mail addresses that old programs put there: "Ann <ann@example.org>'s message"."""
    value = headers.text("in-reply-to")
    if value.startswith("<"):
        found = [value[1:].partition(">")[0]]
    else:
        last = (
            ID_IN_BRACKETS.findall(value)[-1:]
            if value.endswith(">")
            else [value] * ("@" in value and " " not in value)
        )
        found = [name for name in last if sum(letter.isdigit() for letter in name) >= 4]
    return tuple(name for name in map(tidy_id, found) if name and name != own)
