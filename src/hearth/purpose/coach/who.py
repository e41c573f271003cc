"""WHO: is it one kind of person, or almost everybody?

A WHO is specific when something remains once everything is taken away that says only "people": small words, names of
groups ("patients"), the illness that the whole society is about, places as wide as a country.
"""

from hearth.purpose.coach.lexicon import Hit
from hearth.purpose.coach.looking import Look, runs
from hearth.purpose.coach.remarks import Remark

# "All mothers of children just diagnosed" names two things more than mothers: that is not everybody.
_TRAITS_BESIDE_EVERYONE = 2
_MOST_GROUPS = 2
_WORDS_OF_A_CONDITION = 2
_COMMON = (
    "who.everyone", "who.widened", "who.groups", "who.conditions", "who.with", "who.weak", "who.places",
    "general.and", "general.clause", "general.negation",
)  # fmt: skip


def remarks(look: Look) -> list[Remark]:
    """Return `who_everyone` where the WHO is everybody, a list of everybody, or a group without anything that narrows it."""
    everybody = look.of("who.everyone")
    listed = _listed(look)
    traits = _traits(look)
    if look.of("who.widened"):
        return [look.remark("who_everyone", [*look.of("who.widened"), *listed])]
    if everybody and len(traits) < _TRAITS_BESIDE_EVERYONE:
        return [look.remark("who_everyone", _with_group(look, everybody))]
    if len(listed) > _MOST_GROUPS and len(_traits_behind(listed, traits)) < _TRAITS_BESIDE_EVERYONE:
        return [look.remark("who_everyone", listed)]
    if not traits and not _narrows_itself(look):
        return [look.remark_on("who_everyone", _content(look))]
    return []


def _traits(look: Look) -> list[int]:
    illness = _illness(look)
    return [number for number in look.others(*_COMMON) if number not in illness]


def _illness(look: Look) -> set[int]:
    """The words behind "living with", "affected by": whatever they are, they name what the society is about."""
    small = look.numbers("general.small")
    stops = look.numbers("general.clause", "general.and") | small | look.reading.breaks
    found: set[int] = set()
    for hit in look.of("who.with"):
        at = hit.last + 1
        while at in small:
            at += 1
        for number in range(at, min(at + _WORDS_OF_A_CONDITION, len(look.reading.words))):
            if number in stops and number != at:
                break
            found.add(number)
    return found


def _listed(look: Look) -> list[Hit]:
    """The names of groups that stand beside each other, joined by commas and "and", one for each place of the list."""
    joined = look.reading.breaks | {number + 1 for number in look.numbers("general.and")}
    ends = [hit.first for hit in look.of("general.clause")][:1] or [len(look.reading.words)]
    places: dict[int, Hit] = {}
    for hit in look.of("who.groups", "who.everyone"):
        if hit.first < ends[0]:
            places.setdefault(sum(1 for start in joined if start <= hit.first), hit)
    return list(places.values())


def _narrows_itself(look: Look) -> bool:
    """ "Adult brothers of people with …": several groups, not in a list but one belonging to the other."""
    groups = {hit.first for hit in look.of("who.groups")}
    return len(groups) > max(_MOST_GROUPS, len(_listed(look)))


def _traits_behind(listed: list[Hit], traits: list[int]) -> list[int]:
    return [number for number in traits if number > listed[-1].last]


def _with_group(look: Look, everybody: list[Hit]) -> list[Hit]:
    """ "All" together with what it stands before: "all patients"."""
    groups = look.numbers("who.groups", "general.small")
    hits = []
    for hit in everybody:
        last = hit.last
        while last + 1 in groups and last + 1 not in look.reading.breaks and last - hit.last < 2:
            last += 1
        while last > hit.last and last not in look.numbers("who.groups"):
            last -= 1
        hits.append(Hit(hit.first, last))
    return hits


def _content(look: Look) -> list[int]:
    content = look.others("general.and", "general.clause", "general.negation")
    return content or [hit.first for hit in runs(range(len(look.reading.words)))]
