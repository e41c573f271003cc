"""What the coach says to an answer, ready for a page: its reasons, the words marked, the values that were named."""

from collections.abc import Iterable
from dataclasses import dataclass

from hearth.purpose import coach
from hearth.purpose.parts import Parts

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One remark: its rule, its reason in the language of the page, and the text in pieces, each marked or not."""

    rule: str
    reason: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Step:
    """A rung as the coach sees it: the values that it names, or the reason why it still sounds like a task."""

    values: tuple[str, ...]
    reason: str


def judges(language: str) -> bool:
    """Say whether the coach knows this language well enough to say more than whether there are words."""
    return language.partition("-")[0] in coach.LANGUAGES


def look(column: str, words: str, parts: Parts, language: str) -> list[Seen]:
    """Return what the coach sees in the words that are to stand in this column (who, what_1 to what_3, why)."""
    if column == "who":
        return [_seen(one, words) for one in coach.look_at_who(words, language)]
    if column == "why":
        return [_seen(one, words) for one in coach.look_at_why(words, language)]
    whats = list(parts.whats)
    whats[int(column[-1]) - 1] = words
    written = [what for what in whats if what]
    alone = [_seen(one, words) for one in coach.look_at_what(words, language)]
    together = coach.look_at_whats(written, language) if words else []
    # Two pairs may share a reason, and a pair of the other two is no matter of this page.
    said = {one.reason: one for one in (_seen(same, "\n".join(written)) for same in together)}
    return alone + list(said.values())


def step(words: str, language: str) -> Step:
    """Return what the coach sees in a rung of the why ladder; a value that only the organisation has is none yet."""
    remarks = coach.look_at_why(words, language) if judges(language) else []
    if remarks:
        return Step((), coach.reason(remarks[0]))
    named = dict.fromkeys(str(coach.title(one.name)) for one in coach.values_in(words, language))
    return Step(tuple(named), "")


def _seen(remark: coach.Remark, text: str) -> Seen:
    return Seen(remark.rule, coach.reason(remark), tuple(_pieces(text, remark.spans)))


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if text[at:]:
        yield text[at:], False
