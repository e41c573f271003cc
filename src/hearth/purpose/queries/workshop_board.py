"""What everybody in a workshop sees, without a name. It is read once for each change, not once for each person."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from hearth.core.text import excerpt
from hearth.purpose import grouping
from hearth.purpose.enums import Part, Side, Warmth
from hearth.purpose.models import Contribution, Feeling, Proposal, ProposalAnswer, Seat, SharedRung, Workshop
from hearth.purpose.parts import sentence
from hearth.purpose.queries.workshops import WARMTH, by_part, people_here
from hearth.purpose.reading_along import Step, step

LABEL_LETTERS = 60


@dataclass(frozen=True)
class Group:
    """Contributions that were put together, and how they feel to people."""

    key: int
    handle: str
    shared: str
    texts: list[tuple[str, str]]
    heart: str
    counts: Counter[str] = field(default_factory=Counter)
    whys: list[tuple[str, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """A short name for the group: the words at its heart."""
        return excerpt(self.heart, LABEL_LETTERS)

    @property
    def warmth(self) -> int:
        """All feelings counted together."""
        return sum(WARMTH[Warmth(kind)] * count for kind, count in self.counts.items())


@dataclass(frozen=True)
class Rungs:
    """The ladder: the words from which it went on each time, and the answers (handle, words) on the rung where it stands."""

    climbed: list[str]
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class Voices:
    """How a proposal speaks to one side."""

    counts: Counter[str] = field(default_factory=Counter)
    whys: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Sentence:
    """A proposal, its sentence as far as it has grown, and how it speaks to each side."""

    proposal: Proposal
    sentence: str
    staff: Voices
    members: Voices

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written there yet."""
        parts = self.proposal.parts
        return not any((parts.who, *parts.whats, parts.why))


# Boards of the workshops that were looked at last: a handful of live ones, each with its latest number.
_MOST_BOARDS = 32
_boards: dict[str, tuple[int, "Board"]] = {}


def board_of(workshop: Workshop, number: int) -> "Board":
    """Return what everybody sees at this number (`core.live`), read once for each number and process.

    Never older than the number, which is read before: whatever changes what is shown here raises it.
    """
    known = _boards.get(workshop.public_id)
    if known is not None and known[0] == number:
        return known[1]
    if len(_boards) >= _MOST_BOARDS:
        _boards.clear()
    board = Board(workshop)
    _boards[workshop.public_id] = (number, board)
    return board


class Board:
    """The common part of a workshop's page. Each part of it asks the database when it is first looked at."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    @cached_property
    def people(self) -> list[Seat]:
        """Who has arrived, by name (one query)."""
        return people_here(self.workshop)

    @cached_property
    def words(self) -> dict[str, list[Contribution]]:
        """What was written, by part (one query)."""
        return by_part(Contribution.objects.filter(workshop=self.workshop))

    @cached_property
    def groups(self) -> dict[str, list[Group]]:
        """The groups by part, in the order in which they were made (three queries)."""
        texts: dict[int | None, list[tuple[str, str]]] = defaultdict(list)
        for rows in self.words.values():
            for row in rows:
                texts[row.cluster_id].append((row.handle, row.words))
        felt, whys = self._feelings()
        found: dict[str, list[Group]] = {part: [] for part in Part}
        for cluster in self.workshop.clusters.order_by("place", "handle"):
            here = texts[cluster.pk]
            if here:
                heart = here[grouping.central([words for _handle, words in here], self.workshop.language)][1]
                found[cluster.part].append(
                    Group(
                        cluster.pk,
                        cluster.handle,
                        cluster.shared,
                        here,
                        heart,
                        felt[cluster.pk],
                        whys[cluster.pk],
                    )
                )
        return found

    @property
    def targets(self) -> dict[str, list[tuple[str, str]]]:
        """Where an answer can be put, by part: a group of its own, or one of those that are there."""
        own = [("new", _("into a group of their own"))]
        named = _("with %(number)d: %(words)s")
        return {
            part: own
            + [(one.handle, named % {"number": at, "words": one.label}) for at, one in enumerate(groups, 1)]
            for part, groups in self.groups.items()
        }

    @property
    def all_words(self) -> int:
        """How many answers were written."""
        return sum(map(len, self.words.values()))

    @property
    def all_groups(self) -> int:
        """How many groups there are."""
        return sum(map(len, self.groups.values()))

    @cached_property
    def warmest(self) -> dict[str, list[Group]]:
        """The groups by part, the warmest first."""
        return {part: sorted(groups, key=lambda group: -group.warmth) for part, groups in self.groups.items()}

    @cached_property
    def ladder(self) -> Rungs:
        """The ladder of this round (one query)."""
        rows = SharedRung.objects.filter(workshop=self.workshop, round=self.workshop.round)
        climbed, answers = [], []
        for rung in rows.order_by("number", "handle"):
            if rung.chosen:
                climbed.append(rung.words)
            elif rung.number == self.workshop.rung:
                answers.append((rung.handle, rung.words))
        return Rungs(climbed, answers)

    @cached_property
    def weighed(self) -> list[tuple[str, str, Step]]:
        """The answers on the rung, each with what the coach sees in it: for the facilitator's page only, it takes time."""
        language = self.workshop.language
        return [(handle, words, step(words, language)) for handle, words in self.ladder.answers]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The two proposals of this round with what was answered (two queries)."""
        return self._sentences(self.workshop.round)

    @cached_property
    def before(self) -> list[Sentence]:
        """The proposals of the round before."""
        return self._sentences(self.workshop.round - 1) if self.workshop.round > 1 else []

    def _feelings(self) -> tuple[dict[int, Counter[str]], dict[int, list[tuple[str, str]]]]:
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        whys: dict[int, list[tuple[str, str]]] = defaultdict(list)
        rows = Feeling.objects.filter(workshop=self.workshop).order_by("handle")
        for cluster, warmth, why in rows.values_list("cluster_id", "warmth", "why"):
            counts[cluster][warmth] += 1
            if why:
                whys[cluster].append((warmth, why))
        return counts, whys

    def _sentences(self, round_: int) -> list[Sentence]:
        voices: dict[tuple[int, str], Voices] = defaultdict(Voices)
        answers = ProposalAnswer.objects.filter(proposal__workshop=self.workshop, proposal__round=round_)
        for answer in answers.order_by("handle"):
            here = voices[answer.proposal_id, answer.side]
            here.counts[answer.warmth] += 1
            if answer.why:
                here.whys.append((answer.warmth, answer.why))
        rows = Proposal.objects.filter(workshop=self.workshop, round=round_).order_by("place")
        return [
            Sentence(
                row,
                sentence(row.parts, self.workshop.language),
                voices[row.pk, Side.STAFF],
                voices[row.pk, Side.MEMBER],
            )
            for row in rows
        ]
