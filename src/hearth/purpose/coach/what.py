"""WHAT: short phrases that begin with what members do together, so that one sees them do it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from hearth.purpose.coach.looking import Look, moved, outermost
from hearth.purpose.coach.remarks import Remark, Span, remark

MOST_WORDS = 10
_ANDS, _COMMAS = 2, 2
_WORD = re.compile(r"\S++")
_NEXT_SENTENCE = re.compile(r"[.!?…]\s+(?=\S)|;|\n")
# Two ideas and two fifths of the shorter WHAT; or its single one, with little else in the other.
_SAME = 0.4
_MOST_BESIDE_ONE = 2
# So many letters of a stem stand for it: "insulin" and "Insulinpumpe".
_ROOT = 6


@dataclass(frozen=True, slots=True)
class _Idea:
    names: frozenset[str]
    span: Span


def remarks(look: Look) -> list[Remark]:
    """Return what the rules about one WHAT see."""
    for_members = _for_members(look)
    # What the organisation does is not judged as vague too: one thing to change at a time.
    return [*for_members, *_long(look), *([] if for_members else _vague(look))]


def _for_members(look: Look) -> list[Remark]:
    given = look.of("what.given")
    done = [] if _together(look) else look.of("what.for_members")
    return [look.remark("what_for_members", [*given, *done])] if given or done else []


def _together(look: Look) -> bool:
    undone = look.numbers("general.not_together")
    return any(hit.first not in undone for hit in look.of("general.together"))


def _long(look: Look) -> list[Remark]:
    text = look.reading.text
    words = [word for word in _WORD.finditer(look.reading.plain) if any(map(str.isalnum, word[0]))]
    if len(words) > MOST_WORDS:
        return [remark("what_long", text, [(words[MOST_WORDS].start(), words[-1].end())])]
    chained = _chained(look)
    return [remark("what_long", text, chained)] if chained else []


def _chained(look: Look) -> list[Span]:
    """The places where another idea is hung on: two times "and", or one at the end of a row of commas; a new sentence."""
    if _NEXT_SENTENCE.search(look.reading.plain.strip()):
        return [(0, len(look.reading.text.rstrip()))]
    ands = [hit.first for hit in look.of("general.and") if hit.first]
    if not ands:
        return []
    clauses = look.numbers("general.clause")
    commas = [
        number for number in look.reading.breaks if number < ands[-1] and number not in clauses | set(ands)
    ]
    if len(ands) < _ANDS and len(commas) < _COMMAS:
        return []
    last = len(look.reading.words) - 1
    return [look.reading.span(number, min(number + 1, last)) for number in sorted({*ands, *commas})]


def _vague(look: Look) -> list[Remark]:
    vague = outermost(look.of("what.vague"))
    pictures = look.others("what.vague", "what.pale", "general.together", "general.and", "general.clause",
                           "general.negation", "who.everyone", "who.conditions", "who.places")  # fmt: skip
    if pictures or not look.reading.words:
        return []
    pale = outermost(look.of("what.pale"))
    return [look.remark("what_vague", vague or pale)] if vague or pale else []


def same(texts: Sequence[str], looks: Sequence[Look]) -> list[Remark]:
    """Return `what_same` with the words that two WHATs share, once for each pair that says nearly the same."""
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    joined = "\n".join(texts)
    found = []
    for left, right in combinations(range(len(looks)), 2):
        shared = _shared(looks[left], looks[right])
        if shared:
            spans = [*moved(shared[0], starts[left]), *moved(shared[1], starts[right])]
            found.append(remark("what_same", joined, spans))
    return found


def _shared(left: Look, right: Look) -> tuple[list[Span], list[Span]] | None:
    ours, theirs = _ideas(left), _ideas(right)
    both = [idea for idea in ours if any(idea.names & other.names for other in theirs)]
    back = [idea for idea in theirs if any(idea.names & other.names for other in ours)]
    fewer, more = sorted((len(ours), len(theirs)))
    shared = min(len(both), len(back))
    alike = shared >= _SAME * fewer if shared > 1 else shared == fewer == 1 and more <= _MOST_BESIDE_ONE
    return ([idea.span for idea in both], [idea.span for idea in back]) if alike else None


def _ideas(look: Look) -> list[_Idea]:
    """The content of a WHAT: each word, or phrase, with the names of its meanings (`same.*`) and the root of its stem."""
    reading, together = look.reading, look.numbers("general.together")
    groups = {name: look.of(name) for name in look.hits if name.startswith("same.")}
    ideas = []
    for hit in outermost(hit for hits in groups.values() for hit in hits):
        names = {
            name for name, hits in groups.items() for other in hits if set(other.numbers) & set(hit.numbers)
        }
        ideas.append(_Idea(frozenset(names | {_root(look, hit.first)}), reading.span(hit.first, hit.last)))
    named = look.numbers(*groups) | together
    plain = set(look.others("general.and", "general.clause", "what.weightless")) - named
    return ideas + [
        _Idea(frozenset({_root(look, number)}), reading.span(number, number)) for number in sorted(plain)
    ]


def _root(look: Look, number: int) -> str:
    return look.reading.words[number].stem[:_ROOT]
