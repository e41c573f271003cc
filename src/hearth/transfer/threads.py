"""Threads of an archive: by References, In-Reply-To, then the subject within a time window (after RFC 5256, 2.2)."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from hearth.transfer.records import FoundBy, Oddities, Oddity

SUBJECT_WINDOW = timedelta(days=45)
PLAIN_SUBJECT_WINDOW = timedelta(days=14)
ENOUGH_ANSWERS = 20
CLOCK_SKEW = timedelta(days=1)
SHORTEST_PREFIX = 12


@dataclass(frozen=True, slots=True)
class Head:
    """What threading needs of one message. `references` runs from the oldest to the nearest ancestor (RFC 5322)."""

    source_id: str
    written_at: datetime
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    subject_key: str = ""
    former_subject_key: str = ""
    is_reply: bool = False

    @property
    def nearest_first(self) -> tuple[str, ...]:
        """The ancestors that the headers name, the likely parent first."""
        return (*self.references[-1:], *self.in_reply_to, *reversed(self.references[:-1]))


@dataclass(frozen=True, slots=True)
class Placed:
    """A message that an earlier import has placed: new messages may join its thread, it never moves itself."""

    source_id: str
    thread_key: str
    written_at: datetime
    subject_key: str = ""
    missing_parent: str = ""
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: its parent if the archive has it, and the key of its thread."""

    parent: str | None
    thread_key: str
    found_by: FoundBy


@dataclass(slots=True)
class ThreadReport:
    """How parents were found. `named` messages name a parent that the archive holds; `kept` got exactly that one."""

    found_by: Counter[FoundBy] = field(default_factory=Counter)
    threads: int = 0
    named: int = 0
    kept: int = 0

    @property
    def share_kept(self) -> float:
        """The share, 0 to 1, of messages whose parent is the one that their headers name."""
        return self.kept / self.named if self.named else 1.0


class Forest:
    """The threads of one archive: add every head, call `grow()` once, then ask for places.

    Messages that are named but that nobody has stand in the tree too: two answers to a lost message share a thread.
    """

    def __init__(self, known: Iterable[Placed] = (), oddities: Oddities | None = None) -> None:
        self.report = ThreadReport()
        self._oddities = oddities or Oddities()
        self._heads: dict[str, Head] = {}
        self._known = {placed.source_id: placed for placed in known}
        self._parent: dict[str, str] = {}
        self._top: dict[
            str, str
        ] = {}  # a shortcut towards the root of each node; shortened whenever it is walked
        self._found_by: dict[str, FoundBy] = {}
        self._key_of_root: dict[str, str] = {}
        self._in_order: list[Head] = []
        self._hides_replies = False
        self._sorted_ids: list[str] = []
        self._by_subject: dict[str, list[tuple[datetime, str]]] = {}

    def add(self, head: Head) -> None:
        """Take in one message; a second one with the same id changes nothing, nor does one already placed."""
        if head.source_id not in self._known:
            self._heads.setdefault(head.source_id, head)

    def grow(self) -> None:
        """Find every parent: for all messages by their headers, then by subject in the order of time."""
        self._sorted_ids = sorted({*self._heads, *self._known})
        in_order = self._in_order = sorted(
            self._heads.values(), key=lambda head: (head.written_at, head.source_id)
        )
        self._attach_known()
        # The newest first: where two messages name each other as parent, the older one becomes the root.
        for head in reversed(in_order):
            self._link_by_headers(head)
        self._attach_missing()
        self._index_subjects()
        self._hides_replies = self._list_hides_replies()
        for head in in_order:
            self._link_by_subject(head)
        self._name_threads()
        self._count(in_order)

    def place(self, source_id: str) -> Place:
        """Where a message stands. Whatever was added or known has a place; anything else is a KeyError."""
        known = self._known.get(source_id)
        if known:
            return Place(None, known.thread_key, FoundBy.STARTS_THREAD)
        root = self._root(source_id)
        return Place(
            self._parent_here(source_id), self._key_of_root.get(root, root), self._found_by[source_id]
        )

    def heads(self) -> list[Head]:
        """The messages that were added, in the order of time."""
        return self._in_order

    def head(self, source_id: str) -> Head | None:
        """A message that was added, or None if an earlier import had placed it."""
        return self._heads.get(source_id)

    def missing_parent(self, source_id: str) -> str:
        """The id of the parent that nobody has; empty where the parent is here or none is named."""
        above = self._parent.get(source_id, "")
        return "" if self._is_here(above) else above

    def _attach_known(self) -> None:
        for placed in self._known.values():
            if placed.thread_key != placed.source_id:
                self._attach(placed.source_id, placed.thread_key)

    def _attach_missing(self) -> None:
        for placed in self._known.values():
            if placed.missing_parent and placed.missing_parent not in self._known:
                self._attach(placed.missing_parent, placed.thread_key)

    def _link_by_headers(self, head: Head) -> None:
        named = [self._resolve(name) for name in head.nearest_first]
        here = next((name for name in named[: 1 + len(head.in_reply_to)] if self._is_here(name)), None)
        options = dict.fromkeys([here, *named] if here else named)
        for name in options:
            if name != head.source_id and self._attach(head.source_id, name):
                direct = bool(head.references) and name == named[0]
                nearest = not head.in_reply_to or name not in head.in_reply_to
                self._found_by[head.source_id] = (
                    FoundBy.REFERENCES if direct or nearest else FoundBy.IN_REPLY_TO
                )
                break
            self._oddities.note(Oddity.LOOP_BROKEN, head.source_id)
        chain = [self._resolve(name) for name in head.references]
        for older, newer in pairwise(chain):
            if not self._is_here(newer):
                self._attach(newer, older)

    def _link_by_subject(self, head: Head) -> None:
        if self._parent_here(head.source_id) is not None:
            # A way up through a lost message whose other answer was placed by its subject.
            self._found_by.setdefault(head.source_id, FoundBy.SHARED_PARENT)
            return
        self._found_by.pop(head.source_id, None)
        claims = head.is_reply or bool(head.nearest_first or head.former_subject_key)
        if not (claims or self._hides_replies):
            return
        window = SUBJECT_WINDOW if claims else PLAIN_SUBJECT_WINDOW
        for key in (head.subject_key, head.former_subject_key):
            parent = self._latest_with_subject(key, head, window)
            if parent and self._attach(self._root(head.source_id), parent):
                self._found_by[head.source_id] = FoundBy.SUBJECT
                return

    def _latest_with_subject(self, key: str, head: Head, window: timedelta) -> str | None:
        same = self._by_subject.get(key) if key else None
        if not same:
            return None
        at = bisect_left(same, (head.written_at, head.source_id))
        if at and same[at - 1][0] >= head.written_at - window:
            return same[at - 1][1]
        if not head.is_reply:
            return None
        # Clocks go wrong: an answer may seem to be a little older than the message that it answers.
        end = bisect_right(same, (head.written_at + CLOCK_SKEW, "\U0010ffff"))
        return next((name for _at, name in same[at:end] if not self._answers(name)), None)

    def _list_hides_replies(self) -> bool:
        """Whether "Re:" is missing even from known answers: some lists cut it off when they put in their tag."""
        answers = [head.is_reply for head in self._heads.values() if self._parent_here(head.source_id)]
        answers += [
            placed.is_reply for placed in self._known.values() if placed.thread_key != placed.source_id
        ]
        return len(answers) >= ENOUGH_ANSWERS and sum(answers) * 5 < len(answers)

    def _answers(self, name: str) -> bool:
        message = self._heads.get(name) or self._known[name]
        return message.is_reply

    def _index_subjects(self) -> None:
        index: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
        messages: list[Head | Placed] = [*self._heads.values(), *self._known.values()]
        for message in messages:
            if message.subject_key:
                index[message.subject_key].append((message.written_at, message.source_id))
        self._by_subject = {key: sorted(messages) for key, messages in index.items()}

    def _name_threads(self) -> None:
        """A thread of an earlier import keeps its key, even when the message that began it has come to light."""
        for placed in sorted(self._known.values(), key=lambda placed: (placed.written_at, placed.source_id)):
            self._key_of_root.setdefault(self._root(placed.thread_key), placed.thread_key)

    def _count(self, in_order: list[Head]) -> None:
        roots: set[str] = set()
        for head in in_order:
            root, parent = self._root(head.source_id), self._parent_here(head.source_id)
            default = (
                FoundBy.SHARED_PARENT if root in roots and root != head.source_id else FoundBy.STARTS_THREAD
            )
            self.report.found_by[self._found_by.setdefault(head.source_id, default)] += 1
            roots.add(root)
            direct = {self._resolve(name) for name in (*head.references[-1:], *head.in_reply_to)} - {
                head.source_id
            }
            if any(self._is_here(name) for name in direct):
                self.report.named += 1
                self.report.kept += parent in direct
            elif parent is None and head.nearest_first:
                self._oddities.note(Oddity.PARENT_MISSING, head.source_id)
        self.report.threads = len({self._key_of_root.get(root, root) for root in roots})

    def _parent_here(self, source_id: str) -> str | None:
        return next((name for name in self._ancestors(source_id) if self._is_here(name)), None)

    def _ancestors(self, name: str) -> Iterator[str]:
        while (above := self._parent.get(name)) is not None:
            yield above
            name = above

    def _is_here(self, name: str) -> bool:
        return name in self._heads or name in self._known

    def _attach(self, child: str, parent: str) -> bool:
        """Hang `child` below `parent`, unless it hangs already or that would close a loop."""
        if child in self._parent or self._root(parent) == child:
            return False
        self._parent[child] = self._top[child] = parent
        return True

    def _root(self, name: str) -> str:
        walked = []
        while (above := self._top.get(name)) is not None:
            walked.append(name)
            name = above
        self._top.update(dict.fromkeys(walked, name))
        return name

    def _resolve(self, name: str) -> str:
        """The full id of a message whose id was cut off when a mail program folded the line; else the name itself."""
        if self._is_here(name) or len(name) < SHORTEST_PREFIX:
            return name
        at = bisect_left(self._sorted_ids, name)
        found = [full for full in self._sorted_ids[at : at + 2] if full.startswith(name)]
        return found[0] if len(found) == 1 else name
