"""Bring the purpose of a sample community: adopted with its goals, or half found in an interview that goes on."""

from datetime import datetime, timedelta
from typing import Any

from hearth.communities.models import Community
from hearth.members.enums import Role
from hearth.members.models import Member
from hearth.purpose.actions import adopt, begin
from hearth.purpose.enums import Way
from hearth.purpose.parts import Parts
from hearth.setup import sample_files as files
from hearth.setup.actions.sample_people import Cast

ADOPTED_AGO = timedelta(days=200)
BEGUN_AGO = timedelta(days=3)


def bring_purpose(community: Community, cast: Cast, *, now: datetime) -> None:
    """Adopt the purpose where it is whole; let the steward's interview hold the parts that are there where it is not."""
    said = files.community(community.slug)
    parts = _parts(said["purpose"])
    people = [cast[f"{community.slug}/{person['key']}"] for person in files.people(community.slug)]
    steward = next(person for person in people if person.is_steward)
    if not parts.is_whole:
        begin(by=steward, language=community.language, parts=parts, now=now - BEGUN_AGO)
        return
    adopt(
        by=steward,
        community=community,
        language=community.language,
        parts=parts,
        sentence=said["purpose_line"],
        way=Way.WORKSHOP,
        took_part=[(person, True) for person in people if _helped_to_find_it(person)],
        replaces=0,
        now=now - ADOPTED_AGO,
    )


def _parts(said: dict[str, Any]) -> Parts:
    first, second, third = (what or "" for what in said["whats"])
    return Parts(said["who"] or "", (first, second, third), said["why"] or "")


def _helped_to_find_it(person: Member) -> bool:
    return bool({Role.STEWARD, Role.HOST, Role.GREETER} & set(person.roles))
