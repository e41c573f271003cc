"""WHY: the reason to exist. Is it a value, or a figure, or only the organisation?"""

from hearth.purpose.coach.lexicon import Hit
from hearth.purpose.coach.looking import Look, outermost
from hearth.purpose.coach.remarks import Remark, Value
from hearth.purpose.coach.values import NAMES

# How far "nobody" reaches: "so that no one has to live with this alone".
_NEGATED_BEFORE = 8
_NEGATED_BEHIND = 2
_OVERCOME_BEHIND = 5
_REFUSED_BEFORE = 3
_OWNED_WITHIN = 2


def remarks(look: Look) -> list[Remark]:
    """Return what the rules about a WHY see."""
    found = []
    cold = [hit for hit in look.of("why.cold") if not _is_refused(look, hit)]
    if cold:
        found.append(look.remark("why_cold", cold))
    organisation = _organisation(look, cold)
    if organisation:
        found.append(look.remark("why_organisation", organisation))
    valued = _shown(look, of_organisation=bool(organisation))
    if not valued and not (_is_belief(look) and not cold and not organisation):
        found.append(look.remark("why_no_value", _instead_of_a_value(look)))
    return found


def values(look: Look) -> list[Value]:
    """Return the values that the text names, in the order of reading."""
    found = []
    for name, hits in _shown(look).items():
        spans = tuple(look.reading.span(hit.first, hit.last) for hit in outermost(hits))
        words = tuple(look.reading.text[start:end] for start, end in spans)
        found.append(Value(name, words, spans))
    return sorted(found, key=lambda value: value.spans[0])


def _shown(look: Look, *, of_organisation: bool = False) -> dict[str, list[Hit]]:
    """The values by their names, each with the phrases that show it; a bad thing counts where it is denied."""
    shown: dict[str, list[Hit]] = {}
    own = look.numbers("why.own_good") if of_organisation else set()
    if look.of("why.task"):
        own |= look.numbers("why.weak")
    for name in NAMES:
        hits = [hit for hit in look.of(f"values.{name}.for") if not set(hit.numbers) & own]
        hits += [reached for hit in look.of(f"values.{name}.against") if (reached := _denied(look, hit))]
        if hits:
            shown[name] = hits
    return shown


def _denied(look: Look, hit: Hit) -> Hit | None:
    """The bad thing together with the word that denies it, which may stand before or, as in German, behind."""
    for name, behind in (("general.negation", _NEGATED_BEHIND), ("why.overcome", _OVERCOME_BEHIND)):
        for denial in look.of(name):
            if 0 <= hit.first - denial.last <= _NEGATED_BEFORE:
                return Hit(denial.first, max(hit.last, denial.last))
            if 0 < denial.first - hit.last <= behind:
                return Hit(hit.first, denial.last)
    return None


def _is_refused(look: Look, hit: Hit) -> bool:
    """ "Nobody is a number", "care costs nobody their dignity": the figure is what people do not want."""
    return any(
        0 <= hit.first - denial.last <= _REFUSED_BEFORE or 0 < denial.first - hit.last <= 1
        for denial in look.of("general.negation", "why.rather")
    )


def _organisation(look: Look, cold: list[Hit]) -> list[Hit]:
    """The words for the organisation, where the sentence is about it and about what it gains, or about nobody else."""
    people, gains = look.of("why.people"), look.of("why.own_gain")
    not_meant = look.numbers("why.not_organisation")
    named = [hit for hit in look.of("why.organisation") if hit.first not in not_meant]
    if named and (not people or (gains and named[0].first < people[0].first)):
        return [*named, *gains]
    if people or _shown(look, of_organisation=True):
        return []
    ours = look.of("why.we")
    if ours and gains:
        return [*ours, *gains]
    return [hit for our in look.of("why.our") for hit in _owned(our, cold)]


def _owned(our: Hit, cold: list[Hit]) -> list[Hit]:
    """ "Our visibility": the figure together with whose it is. "Our services" is one phrase, and about what is given."""
    if any(hit.first == our.first for hit in cold):
        return []
    return [Hit(our.first, hit.last) for hit in cold if 0 < hit.first - our.last <= _OWNED_WITHIN]


def _is_belief(look: Look) -> bool:
    """A sentence that denies something, and names no task, is a belief though no list knows its value."""
    return bool(look.of("general.negation", "why.belief")) and not look.of("why.task")


def _instead_of_a_value(look: Look) -> list[Hit]:
    return outermost(look.of("why.task", "why.cold"))
