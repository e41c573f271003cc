"""Poster and picture of the purpose that holds, with the face of the community. What was made is kept for a minute."""

from collections.abc import Callable
from hashlib import blake2s
from typing import Literal

from django.core.cache import cache

from hearth.communities import links
from hearth.communities.models import Community
from hearth.core.errors import Invalid
from hearth.files import folder
from hearth.purpose.models import Statement
from hearth.purpose.paper.face import Face, WayIn
from hearth.purpose.paper.picture import Picture, picture
from hearth.purpose.paper.pieces import PosterWords
from hearth.purpose.paper.poster import poster
from hearth.purpose.queries.statements import Wording

KEPT_SECONDS = 60


def poster_of(
    community: Community, statement: Statement, said: Wording, *, size: Literal["a4", "a3"]
) -> bytes:
    """Return the poster as PDF. Raises Invalid where its letters cannot be printed."""
    words, face, way_in = PosterWords(said.sentence, said.parts), face_of(community), _way_in(community)
    made = statement.adopted_at

    def make() -> bytes:
        return _with_or_without_mark(
            face,
            lambda one: poster(words, language=said.language, face=one, way_in=way_in, made=made, size=size),
        )

    return _kept(make, "poster", words, said.language, face, way_in, made, size)


def picture_of(
    community: Community, statement: Statement, said: Wording, *, shape: Literal["wide", "square"]
) -> Picture:
    """Return the picture for other channels as PNG with its words. Raises Invalid where its letters cannot be printed."""
    words, face, made = PosterWords(said.sentence, said.parts), face_of(community), statement.adopted_at

    def make() -> Picture:
        return _with_or_without_mark(
            face, lambda one: picture(words, language=said.language, face=one, made=made, shape=shape)
        )

    return _kept(make, "picture", words, said.language, face, made, shape)


def face_of(community: Community) -> Face:
    """Return what the community shows of itself; a logo without words for it is left out."""
    logo = community.logo
    if logo is None or not logo.description:
        return Face(community.name, community.accent)
    with folder.open_stored(community=community.public_id, digest=logo.digest) as file:
        return Face(community.name, community.accent, file.read(), logo.description)


def _with_or_without_mark[Made](face: Face, make: Callable[[Face], Made]) -> Made:
    """Leave the logo out where paper cannot take it: the words matter more. Other refusals stay."""
    try:
        return make(face)
    except Invalid:
        if not face.mark:
            raise
        return make(Face(face.name, face.accent))


def _way_in(community: Community) -> WayIn:
    address = links.absolute(community, "today")
    return WayIn(address, community.help_phone, community.help_hours, community.help_email)


def _kept[Made](make: Callable[[], Made], *facts: object) -> Made:
    key = "purpose-" + blake2s(repr(facts).encode(), digest_size=16).hexdigest()
    made: Made | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, KEPT_SECONDS)
    return made
